// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.governance.discovery.ServiceStatus;
import io.governance.discovery.ServiceViews;
import io.governance.discovery.connection.ReactorConnections;
import io.governance.test.Reply;
import io.governance.test.ScriptedUpstream;
import io.governance.test.connection.ClosingServer;
import io.governance.test.connection.ClosingServer.Manner;
import org.awaitility.Awaitility;
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
		return start(server.uri(), more);
	}

	private static TestGateway start(URI server, String... more) {
		List<String> properties = new ArrayList<>(TestGateway.route(0, "orders", "lb://orders"));
		properties.add(TestGateway.instance("orders", 0, server));
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
	void aCallThatGetsNoConnectionInTimeIsRejectedHereAndNotTheServicesFault() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		try (ScriptedUpstream server = holding(release);
				TestGateway gateway = start(server.uri(), pool("pool-size=1"), pool("pending-timeout=50ms"),
						"governance.rules.circuit-breaker.orders.match.service=orders",
						"governance.rules.circuit-breaker.orders.minimum-calls=5")) {
			CompletableFuture<HttpResponse<String>> held = gateway.getAsync("/orders/held");
			Awaitility.await().until(() -> server.requests().size() == 1);
			for (int i = 0; i < 10; i++) {
				assertPoolExhausted(gateway.get("/orders/1"));
			}
			assertThat(server.requests()).as("and not retried").hasSize(1);
			assertThat(gateway.beans(ServiceViews.class)).singleElement()
				.satisfies((views) -> assertThat(views.status("orders").selection())
					.isEqualTo(ServiceStatus.Selection.NONE));
			release.countDown();
			assertThat(held.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
			Awaitility.await().untilAsserted(() -> assertThat(gateway.get("/orders/1").statusCode()).isEqualTo(200));
		}
	}

	@Test
	void aCallBeyondThoseThatMayWaitIsRejectedAtOnce() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		try (ScriptedUpstream server = holding(release);
				TestGateway gateway = start(server.uri(), pool("pool-size=1"), pool("max-pending=1"),
						pool("pending-timeout=20s"))) {
			CompletableFuture<HttpResponse<String>> held = gateway.getAsync("/orders/held");
			Awaitility.await().until(() -> server.requests().size() == 1);
			var one = gateway.getAsync("/orders/1");
			var other = gateway.getAsync("/orders/2");
			CompletableFuture.anyOf(one, other).get(20, TimeUnit.SECONDS);
			var rejected = one.isDone() ? one : other;
			var waiting = one.isDone() ? other : one;
			assertPoolExhausted(rejected.join());
			release.countDown();
			assertThat(held.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
			assertThat(waiting.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
		}
	}

	private static String pool(String setting) {
		return "governance.discovery.connection.services.orders." + setting;
	}

	private static ScriptedUpstream holding(CountDownLatch release) {
		return ScriptedUpstream.start().otherwise((request) -> {
			if (request.path().endsWith("/held")) {
				awaitRelease(release);
			}
			return Reply.ok();
		});
	}

	private static void awaitRelease(CountDownLatch release) {
		try {
			release.await(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void assertPoolExhausted(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).isEqualTo(503);
		assertThat(answer.body()).contains("pool-exhausted");
		assertThat(answer.headers().firstValue("x-governance-not-processed")).isEmpty();
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
