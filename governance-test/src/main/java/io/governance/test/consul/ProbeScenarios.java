// SPDX-License-Identifier: Apache-2.0

package io.governance.test.consul;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that the agent makes itself. It asks the one server that is surely there:
 * itself.
 */
interface ProbeScenarios extends Scenario {

	/**
	 * The agent's address as the agent itself sees it.
	 * @return the address
	 */
	URI agentFromWithin();

	@ParameterizedTest
	@CsvSource({ "/v1/status/leader, critical, passing, 200", "/v1/no/such/thing, passing, critical, 404" })
	default void anHttpCheckFollowsTheAnswer(String path, String before, String after, String code) {
		registerWith("""
				{"HTTP": "%s%s", "Interval": "1s", "Timeout": "5s", "Status": "%s"}
				""".formatted(agentFromWithin(), path, before));
		JsonNode check = awaitCheck("web", "service:web", after);
		assertThat(check.path("Output").asString()).startsWith("HTTP GET " + agentFromWithin() + path + ": " + code);
		assertThat(check.path("Type").asString()).isEqualTo("http");
	}

	@Test
	default void aTcpCheckPassesWhereSomebodyListens() {
		registerWith("{\"TCP\": \"" + agentFromWithin().getAuthority() + "\", \"Interval\": \"1s\"}");
		JsonNode check = awaitCheck("web", "service:web", "passing");
		assertThat(check.path("Output").asString()).startsWith("TCP connect ").endsWith(": Success");
		assertThat(check.path("Type").asString()).isEqualTo("tcp");
	}

	@Test
	default void aTcpCheckFailsWhereNobodyListens() {
		registerWith("{\"TCP\": \"127.0.0.1:1\", \"Interval\": \"1s\", \"Status\": \"passing\"}");
		assertThat(awaitCheck("web", "service:web", "critical").path("Output").asString()).contains("refused");
	}

	private void registerWith(String check) {
		consul().put("/v1/agent/service/register", "{\"Name\": \"web\", \"Check\": " + check + "}");
	}

}
