// SPDX-License-Identifier: Apache-2.0

package io.governance.test.consul;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code /v1/agent/check}.
 */
interface CheckScenarios extends Scenario {

	@Test
	default void aTtlCheckIsCriticalUntilTheFirstReport() {
		register("web-1", "web", "30s");
		JsonNode check = consul().get("/v1/health/checks/web").json().get(0);
		assertThat(check.path("Status").asString()).isEqualTo("critical");
		assertThat(check.path("Name").asString()).isEqualTo("Service 'web' check");
		assertThat(check.path("Type").asString()).isEqualTo("ttl");
		consul().put("/v1/agent/check/pass/service:web-1?note=fine");
		assertThat(awaitCheck("web", "service:web-1", "passing").path("Output").asString()).isEqualTo("fine");
	}

	@Test
	default void theFirstStatusCanBeChosen() {
		consul().put("/v1/agent/service/register", """
				{"Name": "web", "Check": {"TTL": "30s", "Status": "passing"}}""");
		consul().await("/v1/health/service/web?passing", (instances) -> instances.size() == 1);
	}

	@Test
	default void reportsMoveTheStatus() {
		register("web-1", "web", "30s");
		consul().put("/v1/agent/check/warn/service:web-1?note=slow");
		assertThat(awaitCheck("web", "service:web-1", "warning").path("Output").asString()).isEqualTo("slow");
		consul().put("/v1/agent/check/pass/service:web-1");
		awaitCheck("web", "service:web-1", "passing");
		consul().put("/v1/agent/check/fail/service:web-1?note=broken");
		assertThat(awaitCheck("web", "service:web-1", "critical").path("Output").asString()).isEqualTo("broken");
		consul().put("/v1/agent/check/update/service:web-1", """
				{"Status": "warning", "Output": "so so"}""");
		assertThat(awaitCheck("web", "service:web-1", "warning").path("Output").asString()).isEqualTo("so so");
	}

	@Test
	default void aReportWithoutAChangeOfStatusStaysAtTheAgent() {
		register("web-1", "web", "30s");
		pass("web-1", "web");
		ConsulHttp.Answer before = consul().get("/v1/health/checks/web");
		consul().put("/v1/agent/check/pass/service:web-1?note=still+fine");
		JsonNode atAgent = consul().get("/v1/agent/checks").json().path("service:web-1");
		assertThat(atAgent.path("Output").asString()).isEqualTo("still fine");
		ConsulHttp.Answer after = consul().get("/v1/health/checks/web");
		assertThat(after.json()).isEqualTo(before.json());
		assertThat(after.index()).isEqualTo(before.index());
	}

	@ParameterizedTest
	@CsvSource({ "pass", "warn", "fail" })
	default void aReportForAnUnknownCheckIsAnError(String verb) {
		ConsulHttp.Answer answer = consul().put("/v1/agent/check/" + verb + "/none");
		assertThat(answer.status()).isEqualTo(500);
		assertThat(answer.text()).isEqualTo("CheckID \"none\" does not have associated TTL");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"Status": "fine"} | Invalid check status: 'fine'
			{broken            | Request decode failed:
			""")
	default void anUpdateThatMakesNoSenseIsRefused(String body, String text) {
		register("web-1", "web", "30s");
		ConsulHttp.Answer answer = consul().put("/v1/agent/check/update/service:web-1", body);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.text()).startsWith(text);
	}

	@Test
	default void aTtlCheckExpires() {
		register("web-1", "web", "700ms");
		consul().put("/v1/agent/check/pass/service:web-1?note=fine");
		awaitCheck("web", "service:web-1", "passing");
		JsonNode check = awaitCheck("web", "service:web-1", "critical");
		assertThat(check.path("Output").asString()).isEqualTo("TTL expired (last output before timeout follows): fine");
	}

	@Test
	default void severalChecksAreNumberedAndAllMustPass() {
		consul().put("/v1/agent/service/register", """
				{"ID": "web-1", "Name": "web", "Checks": [
				{"CheckID": "first", "Name": "the first", "Notes": "a note", "TTL": "30s", "Status": "passing"},
				{"TTL": "30s"}, {"TTL": "30s", "Status": "passing"}]}""");
		consul().await("/v1/health/checks/web", (checks) -> checks.size() == 3);
		JsonNode checks = consul().get("/v1/agent/checks").json();
		assertThat(checks.propertyNames()).containsExactly("first", "service:web-1:2", "service:web-1:3");
		assertThat(checks.path("first").path("Notes").asString()).isEqualTo("a note");
		assertThat(consul().get("/v1/health/service/web?passing").json()).isEmpty();
		consul().put("/v1/agent/check/pass/service:web-1:2");
		consul().await("/v1/health/service/web?passing", (instances) -> instances.size() == 1);
	}

	@Test
	default void aCheckCanBeAddedAndRemoved() {
		register("web-1", "web", "30s");
		pass("web-1", "web");
		consul().put("/v1/agent/check/register", """
				{"ID": "extra", "Name": "extra", "ServiceID": "web-1", "TTL": "30s"}""");
		awaitCheck("web", "extra", "critical");
		assertThat(consul().get("/v1/health/service/web?passing").json()).isEmpty();
		assertThat(consul().put("/v1/agent/check/deregister/extra").status()).isEqualTo(200);
		assertThat(consul().put("/v1/agent/check/deregister/extra").status()).isEqualTo(200);
		consul().await("/v1/health/service/web?passing", (instances) -> instances.size() == 1);
	}

	@Test
	default void aCheckOfTheNodeDecidesOverEveryInstance() {
		register("web-1", "web", "30s");
		pass("web-1", "web");
		consul().put("/v1/agent/check/register", "{\"Name\": \"disk\", \"TTL\": \"30s\"}");
		JsonNode checks = consul()
			.await("/v1/health/service/web", (instances) -> instances.get(0).path("Checks").size() == 3)
			.json()
			.get(0)
			.path("Checks");
		assertThat(Scenario.statusOf(checks, "disk")).isEqualTo("critical");
		assertThat(consul().get("/v1/health/service/web?passing").json()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"ID":"c","Name":"c","ServiceID":"none","TTL":"9s"} | 500 | ServiceID "none" does not exist
			{"ID":"c","TTL":"9s"}                               | 400 | Missing check name
			{"ID":"c","Name":"c"}                               | 400 | Invalid check: TTL must be > 0 for TTL checks
			{"Name":"c","TTL":"9s","Status":"fine"}             | 400 | Bad check status
			""")
	default void aCheckThatMakesNoSenseIsRefused(String body, int status, String text) {
		ConsulHttp.Answer answer = consul().put("/v1/agent/check/register", body);
		assertThat(answer.status()).isEqualTo(status);
		assertThat(answer.text()).isEqualTo(text);
	}

}
