// SPDX-License-Identifier: Apache-2.0

package io.governance.test.consul;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code /v1/health}.
 */
interface HealthScenarios extends Scenario {

	@Test
	default void anInstanceComesWithItsNodeAndAllChecks() {
		register("web-1", "web", "30s");
		JsonNode entry = consul().get("/v1/health/service/web").json().get(0);
		assertThat(entry.propertyNames()).containsExactly("Node", "Service", "Checks");
		assertThat(entry.path("Node").propertyNames()).containsExactly("ID", "Node", "Address", "Datacenter",
				"TaggedAddresses", "Meta", "CreateIndex", "ModifyIndex");
		assertThat(entry.path("Service").propertyNames()).containsExactly("ID", "Service", "Tags", "Address",
				"TaggedAddresses", "Meta", "Port", "Weights", "EnableTagOverride", "Proxy", "Connect", "CreateIndex",
				"ModifyIndex");
		JsonNode checks = entry.path("Checks");
		assertThat(checks.get(0).propertyNames()).containsExactly("Node", "CheckID", "Name", "Status", "Notes",
				"Output", "ServiceID", "ServiceName", "ServiceTags", "Type", "Definition", "CreateIndex",
				"ModifyIndex");
		assertThat(Scenario.statusOf(checks, "serfHealth")).isEqualTo("passing");
		assertThat(Scenario.statusOf(checks, "service:web-1")).isEqualTo("critical");
	}

	@Test
	default void onlyPassingInstancesAreGivenWhenAskedFor() {
		register("web-1", "web", "30s");
		register("web-2", "web", "30s");
		pass("web-2", "web");
		assertThat(Scenario.ids(consul().get("/v1/health/service/web").json())).containsExactlyInAnyOrder("web-1",
				"web-2");
		assertThat(Scenario.ids(consul().get("/v1/health/service/web?passing").json())).containsExactly("web-2");
		assertThat(Scenario.ids(consul().get("/v1/health/service/web?passing=true").json())).containsExactly("web-2");
		assertThat(consul().get("/v1/health/service/web?passing=0").json()).hasSize(2);
	}

	@Test
	default void aWarningInstanceIsNotPassing() {
		register("web-1", "web", "30s");
		consul().put("/v1/agent/check/warn/service:web-1");
		awaitCheck("web", "service:web-1", "warning");
		assertThat(consul().get("/v1/health/service/web?passing").json()).isEmpty();
	}

	@Test
	default void allTagsAskedForMustBeThereInAnyCase() {
		consul().put("/v1/agent/service/register", "{\"ID\": \"web-1\", \"Name\": \"web\", \"Tags\": [\"A\", \"b\"]}");
		consul().await("/v1/health/service/web?tag=a", (instances) -> instances.size() == 1);
		assertThat(consul().get("/v1/health/service/web?tag=a&tag=B").json()).hasSize(1);
		assertThat(consul().get("/v1/health/service/web?tag=a&tag=z").json()).isEmpty();
	}

	@Test
	default void checksAreListedByStatus() {
		register("web-1", "web", "30s");
		register("web-2", "web", "30s");
		pass("web-2", "web");
		assertThat(consul().get("/v1/health/state/any").json()).hasSize(3);
		JsonNode critical = consul().get("/v1/health/state/critical").json();
		assertThat(critical).hasSize(1);
		assertThat(critical.get(0).path("ServiceID").asString()).isEqualTo("web-1");
		assertThat(consul().get("/v1/health/state/passing").json()).hasSize(2);
		assertThat(consul().get("/v1/health/state/warning").json()).isEmpty();
	}

	@Test
	default void checksAreListedByService() {
		register("web-1", "web", "30s");
		register("shop-1", "shop", "30s");
		JsonNode checks = consul().get("/v1/health/checks/web").json();
		assertThat(checks).hasSize(1);
		assertThat(checks.get(0).path("ServiceName").asString()).isEqualTo("web");
		assertThat(consul().get("/v1/health/checks/none").json()).isEmpty();
	}

	@Test
	default void checksAreListedByNode() {
		register("web-1", "web", "30s");
		String name = consul().get("/v1/catalog/nodes").json().get(0).path("Node").asString();
		assertThat(consul().get("/v1/health/node/" + name).json()).hasSize(2);
		assertThat(consul().get("/v1/health/node/none").json()).isEmpty();
	}

}
