// SPDX-License-Identifier: Apache-2.0

package io.governance.test.consul;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The agent itself.
 */
interface StatusScenarios extends Scenario {

	@Test
	default void theLeaderIsOneOfThePeers() {
		String leader = consul().get("/v1/status/leader").json().asString();
		assertThat(leader).matches(".+:\\d+");
		assertThat(Scenario.texts(consul().get("/v1/status/peers").json())).containsExactly(leader);
	}

	@Test
	default void theAgentTellsWhoItIs() {
		JsonNode config = consul().get("/v1/agent/self").json().path("Config");
		assertThat(config.propertyNames()).containsExactlyInAnyOrder("Datacenter", "NodeName", "NodeID", "Revision",
				"Server", "Version");
		assertThat(config.path("Datacenter").asString()).isEqualTo("dc1");
		assertThat(config.path("Version").asString()).startsWith("1.8.");
	}

	@Test
	default void theOnlyMemberIsTheNodeOfTheCatalog() {
		JsonNode members = consul().get("/v1/agent/members").json();
		JsonNode nodes = consul().get("/v1/catalog/nodes").json();
		assertThat(members).hasSize(1);
		assertThat(nodes).hasSize(1);
		assertThat(members.get(0).path("Name").asString()).isEqualTo(nodes.get(0).path("Node").asString());
		assertThat(members.get(0).path("Status").intValue()).isEqualTo(1);
		assertThat(members.get(0).path("Tags").path("role").asString()).isEqualTo("consul");
		assertThat(nodes.get(0).propertyNames()).containsExactly("ID", "Node", "Address", "Datacenter",
				"TaggedAddresses", "Meta", "CreateIndex", "ModifyIndex");
	}

	@Test
	default void thereIsOneDatacenter() {
		assertThat(Scenario.texts(consul().get("/v1/catalog/datacenters").json())).containsExactly("dc1");
	}

	@Test
	default void anUnknownPathIsNotFound() {
		assertThat(consul().get("/v1/no/such/thing").status()).isEqualTo(404);
	}

	@Test
	default void aWrongMethodIsRefusedWithTheRightOnes() {
		ConsulHttp.Answer answer = consul().send("POST", "/v1/kv/key", "x");
		assertThat(answer.status()).isEqualTo(405);
		assertThat(answer.header("Allow").split(",")).containsExactlyInAnyOrder("OPTIONS", "GET", "PUT", "DELETE");
		assertThat(consul().get("/v1/agent/service/register").status()).isEqualTo(405);
	}

}
