// SPDX-License-Identifier: Apache-2.0

package io.governance.test.consul;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code /v1/agent/service}.
 */
interface RegistrationScenarios extends Scenario {

	/** The path that registers. */
	String REGISTER = "/v1/agent/service/register";

	@Test
	default void anInstanceIsListedAsItWasRegistered() {
		String body = """
				{"ID": "web-1", "Name": "web", "Tags": ["a", "b"], "Address": "127.0.0.1", "Port": 8080,
				"Meta": {"version": "1"}, "Weights": {"Passing": 5, "Warning": 2}}""";
		assertThat(consul().put(REGISTER, body).status()).isEqualTo(200);
		String expected = """
				{"ID":"web-1","Service":"web","Tags":["a","b"],"Meta":{"version":"1"},"Port":8080,\
				"Address":"127.0.0.1","TaggedAddresses":{"lan_ipv4":{"Address":"127.0.0.1","Port":8080},\
				"wan_ipv4":{"Address":"127.0.0.1","Port":8080}},"Weights":{"Passing":5,"Warning":2},\
				"EnableTagOverride":false}""";
		assertThat(consul().get("/v1/agent/services").json().path("web-1").toString()).isEqualTo(expected);
	}

	@Test
	default void aNameIsEnough() {
		consul().put(REGISTER, "{\"Name\": \"web\"}");
		String expected = """
				{"ID":"web","Service":"web","Tags":[],"Meta":{},"Port":0,"Address":"",\
				"Weights":{"Passing":1,"Warning":1},"EnableTagOverride":false}""";
		assertThat(consul().get("/v1/agent/services").json().path("web").toString()).isEqualTo(expected);
		JsonNode entry = consul().await("/v1/health/service/web", (instances) -> !instances.isEmpty()).json().get(0);
		assertThat(entry.path("Checks")).hasSize(1);
		assertThat(entry.path("Service").path("Meta").isNull()).isTrue();
	}

	@Test
	default void fieldNamesMayBeWrittenOtherwise() {
		consul().put(REGISTER, """
				{"id": "web", "name": "web", "port": 80, "tags": null, "enable_tag_override": true,
				"check": {"ttl": "70s", "deregister_critical_service_after": "1m"},
				"tagged_addresses": {"lan": {"address": "10.0.0.1", "port": 5}}}""");
		JsonNode service = consul().get("/v1/agent/service/web").json();
		assertThat(service.path("Port").intValue()).isEqualTo(80);
		assertThat(service.path("EnableTagOverride").booleanValue()).isTrue();
		assertThat(service.path("TaggedAddresses").toString())
			.isEqualTo("{\"lan\":{\"Address\":\"10.0.0.1\",\"Port\":5}}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{broken                                                      | Request decode failed:
					``                                                           | Request decode failed: EOF
					[]                                                           | Request decode failed:
					{}                                                           | Missing service name
					{"Name":"x","Port":"80"}                                     | Request decode failed:
					{"Name":"x","Colour":"red"}                                  | Request decode failed: json: unknown field "Colour"
					{"Name":"x","Check":{"TTL":"soon"}}                          | Request decode failed: time: invalid duration
					{"Name":"x","Check":{"TTL":"-1s"}}                           | Invalid check: TTL must be > 0 for TTL checks
					{"Name":"x","Check":{"TTL":"5s","Status":"fine"}}            | Status for checks must
					{"Name":"x","Check":{"TTL":"5s","Interval":"5s"}}            | Invalid check: Interval and TTL cannot both be specified
					{"Name":"x","Check":{"HTTP":"http://127.0.0.1:1/"}}          | Invalid check: Interval must be > 0
					{"Name":"x","Weights":{"Passing":-1}}                        | Invalid Weights: Passing must be greater than 0
					{"Name":"x","Meta":{"bad key":"v"}}                          | Invalid Service Meta:
					""")
	default void whatMakesNoSenseIsRefused(String body, String text) {
		ConsulHttp.Answer answer = consul().put(REGISTER, body);
		assertThat(answer.text()).startsWith(text);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(consul().get("/v1/agent/services").json()).isEmpty();
	}

	@Test
	default void registeringTheSameAgainChangesNothing() {
		register("web-1", "web", "30s");
		pass("web-1", "web");
		ConsulHttp.Answer before = consul().get("/v1/health/service/web");
		register("web-1", "web", "30s");
		ConsulHttp.Answer after = consul().get("/v1/health/service/web");
		assertThat(after.json()).isEqualTo(before.json());
		assertThat(after.index()).isEqualTo(before.index());
	}

	@Test
	default void registeringAgainReplacesTheInstanceAndKeepsItsStatus() {
		register("web-1", "web", "30s");
		pass("web-1", "web");
		JsonNode before = consul().get("/v1/catalog/service/web").json().get(0);
		consul().put(REGISTER, """
				{"ID": "web-1", "Name": "web", "Meta": {"version": "2"}, "Check": {"TTL": "30s"}}""");
		JsonNode after = consul()
			.await("/v1/catalog/service/web", (all) -> all.get(0).path("ServiceMeta").has("version"))
			.json()
			.get(0);
		assertThat(after.path("CreateIndex")).isEqualTo(before.path("CreateIndex"));
		assertThat(after.path("ModifyIndex").longValue()).isGreaterThan(before.path("ModifyIndex").longValue());
		assertThat(Scenario.ids(consul().get("/v1/health/service/web?passing").json())).containsExactly("web-1");
	}

	@Test
	default void anIdThatMovesToAnotherNameLeavesTheOldOne() {
		register("web-1", "web", "30s");
		register("web-1", "shop", "30s");
		assertThat(consul().await("/v1/catalog/services", (all) -> !all.has("web")).json().has("shop")).isTrue();
		assertThat(consul().get("/v1/health/service/web").json()).isEmpty();
	}

	@Test
	default void otherChecksGoOnlyWhenAskedTo() {
		register("web-1", "web", "30s");
		consul().put("/v1/agent/check/register", """
				{"ID": "extra", "Name": "extra", "ServiceID": "web-1", "TTL": "30s", "Status": "passing"}""");
		String body = "{\"ID\": \"web-1\", \"Name\": \"web\", \"Check\": {\"TTL\": \"30s\"}}";
		consul().put(REGISTER, body);
		assertThat(consul().get("/v1/agent/checks").json().propertyNames()).containsExactly("extra", "service:web-1");
		consul().put(REGISTER + "?replace-existing-checks=true", body);
		assertThat(consul().get("/v1/agent/checks").json().propertyNames()).containsExactly("service:web-1");
	}

	@Test
	default void deregisteringRemovesTheInstanceAndItsChecks() {
		register("web-1", "web", "30s");
		assertThat(consul().put("/v1/agent/service/deregister/web-1").status()).isEqualTo(200);
		assertThat(consul().get("/v1/agent/services").json()).isEmpty();
		assertThat(consul().get("/v1/agent/checks").json()).isEmpty();
		consul().await("/v1/health/service/web", JsonNode::isEmpty);
		consul().await("/v1/catalog/services", (all) -> !all.has("web"));
	}

	@Test
	default void deregisteringWhatIsNotThereIsNoError() {
		assertThat(consul().put("/v1/agent/service/deregister/none").status()).isEqualTo(200);
		assertThat(consul().put("/v1/agent/service/deregister/").status()).isEqualTo(500);
	}

	@Test
	default void idsMayContainAnything() {
		consul().put(REGISTER, "{\"ID\": \"web a/1\", \"Name\": \"web a\", \"Check\": {\"TTL\": \"30s\"}}");
		assertThat(consul().get("/v1/agent/service/web%20a%2F1").status()).isEqualTo(200);
		assertThat(consul().put("/v1/agent/check/pass/service%3Aweb%20a%2F1").status()).isEqualTo(200);
		consul().await("/v1/health/service/web%20a?passing", (instances) -> instances.size() == 1);
		assertThat(consul().put("/v1/agent/service/deregister/web%20a%2F1").status()).isEqualTo(200);
		assertThat(consul().get("/v1/agent/services").json()).isEmpty();
	}

	@Test
	default void anUnknownInstanceIsNotFound() {
		ConsulHttp.Answer answer = consul().get("/v1/agent/service/none");
		assertThat(answer.status()).isEqualTo(404);
		assertThat(answer.text()).isEqualTo("unknown service ID: none");
	}

	@Test
	default void anInstanceCanBeTakenOutForMaintenance() {
		register("web-1", "web", "30s");
		pass("web-1", "web");
		consul().put("/v1/agent/service/maintenance/web-1?enable=true&reason=repair");
		JsonNode check = awaitCheck("web", "_service_maintenance:web-1", "critical");
		assertThat(check.path("Notes").asString()).isEqualTo("repair");
		assertThat(consul().get("/v1/health/service/web?passing").json()).isEmpty();
		consul().put("/v1/agent/service/maintenance/web-1?enable=false");
		consul().await("/v1/health/service/web?passing", (instances) -> instances.size() == 1);
		assertThat(consul().put("/v1/agent/service/maintenance/none?enable=true").status()).isEqualTo(404);
		assertThat(consul().put("/v1/agent/service/maintenance/web-1").status()).isEqualTo(400);
	}

}
