// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.governance.test.ScriptedUpstream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A gateway that leaves while it is called.
 */
class GatewayLeavingIntegrationTests {

	@Test
	void itPassesCallsOnAndThenRefusesThemSafely() {
		List<String> properties = new ArrayList<>(List.of("governance.discovery.lifecycle.wait-for=always",
				"governance.discovery.lifecycle.leave-delay=700ms",
				"governance.discovery.lifecycle.late-window=700ms"));
		try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
			properties.addAll(TestGateway.route(0, "orders", upstream.uri().toString()));
			TestGateway gateway = TestGateway.start(properties);
			HttpResponse<String> before = gateway.get("/orders/1");
			assertThat(before.statusCode()).isEqualTo(200);
			assertThat(before.headers().firstValue("connection")).isEmpty();
			CompletableFuture<Void> closed = CompletableFuture.runAsync(gateway::close);
			await().until(() -> gateway.get("/orders/2"), (answer) -> answer.statusCode() == 200
					&& answer.headers().firstValue("connection").equals(Optional.of("close")));
			HttpResponse<String> late = await().until(() -> gateway.get("/orders/3"),
					(answer) -> answer.statusCode() == 503);
			assertThat(late.headers().firstValue("x-governance-not-processed")).hasValue("true");
			assertThat(late.body()).contains("instance-leaving");
			await().until(closed::isDone);
		}
	}

}
