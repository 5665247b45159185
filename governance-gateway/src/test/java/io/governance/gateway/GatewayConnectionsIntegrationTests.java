// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.governance.discovery.connection.ReactorConnections;
import io.governance.test.connection.ClosingServer;
import io.governance.test.connection.ClosingServer.Manner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.cloud.gateway.config.HttpClientFactory;
import org.springframework.cloud.gateway.config.HttpClientProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The gateway's connections to services, and what it takes of its own clients.
 */
class GatewayConnectionsIntegrationTests {

	private static TestGateway start(ClosingServer server, String... more) {
		List<String> properties = new ArrayList<>(TestGateway.route(0, "orders", "lb://orders"));
		properties.add(TestGateway.instance("orders", 0, server.uri()));
		properties.addAll(List.of(more));
		return TestGateway.start(properties);
	}

	@ParameterizedTest
	@EnumSource
	void aConnectionThatTheServiceClosesCostsNoRead(Manner manner) throws Exception {
		try (ClosingServer server = new ClosingServer(manner); TestGateway gateway = start(server)) {
			for (int i = 0; i < 4; i++) {
				assertThat(gateway.get("/orders/1").statusCode()).isEqualTo(200);
				server.awaitClosed();
			}
		}
	}

	@Test
	void aConnectionThatWasClosedCostsNoPost() throws Exception {
		try (ClosingServer server = new ClosingServer(Manner.FIN_WHILE_IDLE); TestGateway gateway = start(server)) {
			for (int i = 0; i < 4; i++) {
				assertThat(gateway.post("/orders/1", "{}").statusCode()).isEqualTo(200);
				server.awaitClosed();
			}
			assertThat(server.requests()).hasSize(4);
		}
	}

	@ParameterizedTest
	@EnumSource(names = "FIN_WHILE_IDLE", mode = EnumSource.Mode.EXCLUDE)
	void aPostThatMayHaveBeenProcessedIsNotMadeTwice(Manner manner) throws Exception {
		try (ClosingServer server = new ClosingServer(manner); TestGateway gateway = start(server)) {
			assertThat(gateway.post("/orders/1", "{}").statusCode()).isEqualTo(200);
			int posts = 2;
			HttpResponse<String> next = gateway.post("/orders/1", "{}");
			// one that came before the connection was back in the pool has a connection
			// of its own
			while (next.statusCode() == 200 && posts < 20) {
				next = gateway.post("/orders/1", "{}");
				posts++;
			}
			assertThat(next.statusCode()).isEqualTo(502);
			assertThat(next.body()).contains("connection-lost");
			assertThat(server.requests()).hasSize(posts);
		}
	}

	@Test
	void aBodyThatTurnsOutTooLargeIsRefusedAndNotTheServicesFault() throws Exception {
		try (ClosingServer server = new ClosingServer(Manner.FIN_WHILE_IDLE);
				TestGateway gateway = start(server, "governance.resilience.server.max-body-size=1KB")) {
			HttpResponse<String> answer = gateway.postChunked("/orders/1", new byte[5000]);
			assertThat(answer.statusCode()).isEqualTo(413);
			assertThat(answer.body()).contains("body-too-large");
		}
	}

	@Test
	void withTheSettingsOffTheStockPoolIsThere() throws Exception {
		try (ClosingServer server = new ClosingServer(Manner.FIN_WHILE_IDLE);
				TestGateway gateway = start(server, "governance.discovery.connection.enabled=false",
						"spring.cloud.gateway.server.webflux.httpclient.pool.max-life-time=7m")) {
			assertThat(gateway.beans(ReactorConnections.class)).isEmpty();
			assertThat(gateway.beans(HttpClientFactory.class)).hasSize(1);
			assertThat(gateway.beans(HttpClientProperties.class)).singleElement().satisfies((client) -> {
				assertThat(client.getConnectTimeout()).isEqualTo(2000);
				assertThat(client.getPool().getMaxIdleTime()).isEqualTo(Duration.ofSeconds(20));
				assertThat(client.getPool().getMaxLifeTime()).isEqualTo(Duration.ofMinutes(7));
				assertThat(client.getPool().getEvictionInterval()).isEqualTo(Duration.ofSeconds(15));
			});
			assertThat(gateway.get("/orders/1").statusCode()).isEqualTo(200);
		}
	}

}
