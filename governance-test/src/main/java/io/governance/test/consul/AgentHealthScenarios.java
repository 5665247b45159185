// SPDX-License-Identifier: Apache-2.0

package io.governance.test.consul;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code /v1/agent/health} and maintenance: what an instance asks about itself.
 */
interface AgentHealthScenarios extends Scenario {

	@Test
	default void theHealthOfAnInstanceIsItsStatusToo() {
		register("web-1", "web", "30s");
		assertThat(health("web-1", 503)).isEqualTo("critical");
		consul().put("/v1/agent/check/warn/service:web-1");
		assertThat(health("web-1", 429)).isEqualTo("warning");
		consul().put("/v1/agent/check/pass/service:web-1?note=fine");
		assertThat(health("web-1", 200)).isEqualTo("passing");
		JsonNode answer = consul().get("/v1/agent/health/service/id/web-1").json();
		assertThat(answer.path("Service")).isEqualTo(consul().get("/v1/agent/services").json().path("web-1"));
		assertThat(answer.path("Checks")).hasSize(1);
		JsonNode check = answer.path("Checks").get(0);
		assertThat(check.path("CheckID").asString()).isEqualTo("service:web-1");
		assertThat(check.path("ServiceID").asString()).isEqualTo("web-1");
		assertThat(check.path("Status").asString()).isEqualTo("passing");
		assertThat(check.path("Output").asString()).isEqualTo("fine");
	}

	@Test
	default void theHealthOfAnUnknownInstanceIsNotFound() {
		ConsulHttp.Answer answer = consul().get("/v1/agent/health/service/id/none");
		assertThat(answer.status()).isEqualTo(404);
		assertThat(answer.json().path("AggregatedStatus").asString()).isEqualTo("critical");
		assertThat(answer.json().path("Service").isNull()).isTrue();
	}

	@Test
	default void anInstanceWithoutChecksIsHealthy() {
		consul().put("/v1/agent/service/register", "{\"Name\": \"web\"}");
		assertThat(health("web", 200)).isEqualTo("passing");
	}

	@Test
	default void maintenanceIsSeenAsSuchWithItsReason() {
		register("web-1", "web", "30s");
		pass("web-1", "web");
		consul().put("/v1/agent/service/maintenance/web-1?enable=true&reason=new%20disk");
		assertThat(health("web-1", 503)).isEqualTo("maintenance");
		JsonNode checks = consul().get("/v1/agent/health/service/id/web-1").json().path("Checks");
		JsonNode check = Scenario.find(checks, "CheckID", "_service_maintenance:web-1");
		assertThat(check.path("Notes").asString()).isEqualTo("new disk");
		assertThat(check.path("Status").asString()).isEqualTo("critical");
		consul().put("/v1/agent/service/maintenance/web-1?enable=false");
		assertThat(health("web-1", 200)).isEqualTo("passing");
	}

	@Test
	default void maintenanceOfTheNodeIsThatOfItsInstances() {
		register("web-1", "web", "30s");
		pass("web-1", "web");
		consul().put("/v1/agent/maintenance?enable=true&reason=new%20kernel");
		try {
			assertThat(health("web-1", 503)).isEqualTo("maintenance");
			JsonNode checks = consul().get("/v1/agent/health/service/id/web-1").json().path("Checks");
			assertThat(Scenario.find(checks, "CheckID", "_node_maintenance").path("Notes").asString())
				.isEqualTo("new kernel");
		}
		finally {
			consul().put("/v1/agent/maintenance?enable=false");
		}
		assertThat(health("web-1", 200)).isEqualTo("passing");
	}

	@Test
	default void maintenanceOutlivesARegistrationThatReplacesNoChecks() {
		register("web-1", "web", "30s");
		consul().put("/v1/agent/service/maintenance/web-1?enable=true&reason=repair");
		String body = "{\"ID\": \"web-1\", \"Name\": \"web\", \"Check\": {\"TTL\": \"30s\", \"Status\": \"passing\"}}";
		consul().put("/v1/agent/service/register", body);
		assertThat(health("web-1", 503)).isEqualTo("maintenance");
		consul().put("/v1/agent/service/register?replace-existing-checks=true", body);
		assertThat(consul().get("/v1/agent/health/service/id/web-1").json().path("Checks")).hasSize(1);
	}

	@Test
	default void maintenanceEndsWithTheRegistration() {
		register("web-1", "web", "30s");
		consul().put("/v1/agent/service/maintenance/web-1?enable=true&reason=repair");
		consul().put("/v1/agent/service/deregister/web-1");
		register("web-1", "web", "30s");
		pass("web-1", "web");
		assertThat(health("web-1", 200)).isEqualTo("passing");
	}

	@Test
	default void aHealthQueryByTagWakesForItsInstances() {
		consul().put("/v1/agent/service/register", "{\"ID\": \"web-1\", \"Name\": \"web\", \"Tags\": [\"blue\"]}");
		long index = consul().await("/v1/health/service/web?tag=blue", (all) -> all.size() == 1).index();
		var blocked = consul().getLater("/v1/health/service/web?tag=blue&wait=15s&index=" + index);
		consul().put("/v1/agent/service/register", "{\"ID\": \"web-2\", \"Name\": \"web\", \"Tags\": [\"blue\"]}");
		assertThat(Scenario.ids(blocked.join().json())).containsExactlyInAnyOrder("web-1", "web-2");
		consul().put("/v1/agent/service/register", "{\"ID\": \"web-3\", \"Name\": \"web\", \"Tags\": [\"green\"]}");
		consul().await("/v1/health/service/web?tag=green", (all) -> all.size() == 1);
		assertThat(consul().get("/v1/health/service/web?tag=blue").json()).hasSize(2);
		assertThat(Scenario.texts(consul().get("/v1/catalog/services").json().path("web")))
			.containsExactlyInAnyOrder("blue", "green");
	}

	private String health(String id, int status) {
		ConsulHttp.Answer answer = consul().get("/v1/agent/health/service/id/" + id);
		assertThat(answer.status()).as(answer.text()).isEqualTo(status);
		return answer.json().path("AggregatedStatus").asString();
	}

}
