// SPDX-License-Identifier: Apache-2.0

package io.governance.test.consul;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code /v1/catalog}.
 */
interface CatalogScenarios extends Scenario {

	@Test
	default void servicesAreListedWithTheTagsOfAllInstances() {
		consul().put("/v1/agent/service/register", "{\"ID\": \"web-1\", \"Name\": \"web\", \"Tags\": [\"a\", \"b\"]}");
		consul().put("/v1/agent/service/register", "{\"ID\": \"web-2\", \"Name\": \"web\", \"Tags\": [\"b\", \"c\"]}");
		JsonNode services = consul().await("/v1/catalog/services", (all) -> all.path("web").size() == 3).json();
		assertThat(services.propertyNames()).containsExactlyInAnyOrder("consul", "web");
		assertThat(Scenario.texts(services.path("web"))).containsExactlyInAnyOrder("a", "b", "c");
	}

	@Test
	default void anInstanceIsListedWithItsNode() {
		consul().put("/v1/agent/service/register", """
				{"ID": "web-1", "Name": "web", "Tags": ["a"], "Address": "127.0.0.1", "Port": 8080,
				"Meta": {"version": "1"}}""");
		JsonNode entry = consul().await("/v1/catalog/service/web", (all) -> !all.isEmpty()).json().get(0);
		JsonNode node = consul().get("/v1/catalog/nodes").json().get(0);
		assertThat(entry.propertyNames()).containsExactly("ID", "Node", "Address", "Datacenter", "TaggedAddresses",
				"NodeMeta", "ServiceKind", "ServiceID", "ServiceName", "ServiceTags", "ServiceAddress",
				"ServiceTaggedAddresses", "ServiceWeights", "ServiceMeta", "ServicePort", "ServiceEnableTagOverride",
				"ServiceProxy", "ServiceConnect", "CreateIndex", "ModifyIndex");
		assertThat(entry.path("Node")).isEqualTo(node.path("Node"));
		assertThat(entry.path("ServiceID").asString()).isEqualTo("web-1");
		assertThat(entry.path("ServicePort").intValue()).isEqualTo(8080);
		assertThat(entry.path("ServiceMeta").toString()).isEqualTo("{\"version\":\"1\"}");
		assertThat(entry.path("CreateIndex")).isEqualTo(entry.path("ModifyIndex"));
	}

	@Test
	default void theListCanBeNarrowedByTag() {
		consul().put("/v1/agent/service/register", "{\"ID\": \"web-1\", \"Name\": \"web\", \"Tags\": [\"a\", \"b\"]}");
		consul().await("/v1/catalog/service/web", (all) -> all.size() == 1);
		assertThat(consul().get("/v1/catalog/service/web?tag=a").json()).hasSize(1);
		assertThat(consul().get("/v1/catalog/service/web?tag=z").json()).isEmpty();
	}

	@Test
	default void anUnknownServiceHasNoInstances() {
		ConsulHttp.Answer answer = consul().get("/v1/catalog/service/none");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json()).isEmpty();
		assertThat(answer.index()).isPositive();
	}

	@Test
	default void theNodeIsListedWithEverythingOnIt() {
		register("web-1", "web", "30s");
		String name = consul().get("/v1/catalog/nodes").json().get(0).path("Node").asString();
		JsonNode node = consul().get("/v1/catalog/node/" + name).json();
		assertThat(node.path("Services").propertyNames()).containsExactly("consul", "web-1");
		assertThat(consul().get("/v1/catalog/node/none").json().isNull()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "'', leader", "?stale, stale", "?consistent, consistent" })
	default void answersSayHowConsistentTheyAre(String query, String consistency) {
		ConsulHttp.Answer answer = consul().get("/v1/catalog/services" + query);
		assertThat(answer.header("X-Consul-Effective-Consistency")).isEqualTo(consistency);
		assertThat(answer.header("X-Consul-KnownLeader")).isEqualTo("true");
		assertThat(answer.header("X-Consul-LastContact")).isEqualTo("0");
		assertThat(answer.header("Content-Type")).isEqualTo("application/json");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/v1/catalog/services?stale&consistent  | 400 | Cannot specify ?stale with ?consistent
			/v1/catalog/services?dc=elsewhere      | 500 | No path to datacenter
			/v1/catalog/service/                   | 400 | Missing service name
			/v1/health/service/                    | 400 | Missing service name
			/v1/health/service/web?passing=perhaps | 400 | Invalid value for ?passing
			/v1/health/service/web?index=x         | 400 | Invalid index
			/v1/health/service/web?index=-1        | 400 | Invalid index
			/v1/health/service/web?wait=long       | 400 | Invalid wait time
			""")
	default void queriesThatMakeNoSenseAreRefused(String path, int status, String text) {
		ConsulHttp.Answer answer = consul().get(path);
		assertThat(answer.status()).isEqualTo(status);
		assertThat(answer.text()).startsWith(text);
	}

}
