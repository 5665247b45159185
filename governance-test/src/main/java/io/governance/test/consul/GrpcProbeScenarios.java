// SPDX-License-Identifier: Apache-2.0

package io.governance.test.consul;

import io.governance.test.GrpcHealthServer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that the agent makes by gRPC.
 */
public interface GrpcProbeScenarios extends Scenario {

	/**
	 * A check follows what the server says.
	 */
	@Test
	default void aGrpcCheckFollowsTheHealthOfTheServer() {
		try (GrpcHealthServer server = GrpcHealthServer.start()) {
			String target = "127.0.0.1:" + server.port() + "/shop.Orders";
			consul().put("/v1/agent/service/register", """
					{"Name": "web", "Check": {"GRPC": "%s", "Interval": "1s", "Timeout": "2s"}}
					""".formatted(target));
			JsonNode check = awaitCheck("web", "service:web", "passing");
			assertThat(check.path("Output").asString()).isEqualTo("gRPC check " + target + ": success");
			assertThat(check.path("Type").asString()).isEqualTo("grpc");
			server.serving(false);
			awaitCheck("web", "service:web", "critical");
			server.serving(true);
			awaitCheck("web", "service:web", "passing");
		}
	}

	/**
	 * Nobody listens.
	 */
	@Test
	default void aGrpcCheckFailsWhereNobodyListens() {
		consul().put("/v1/agent/service/register", """
				{"Name": "web", "Check": {"GRPC": "127.0.0.1:1", "Interval": "1s", "Status": "passing"}}""");
		awaitCheck("web", "service:web", "critical");
	}

	/**
	 * An interval is needed.
	 */
	@Test
	default void aGrpcCheckWithoutAnIntervalIsRefused() {
		ConsulHttp.Answer answer = consul().put("/v1/agent/service/register", """
				{"Name": "web", "Check": {"GRPC": "127.0.0.1:1"}}""");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.text()).startsWith("Invalid check: ");
	}

}
