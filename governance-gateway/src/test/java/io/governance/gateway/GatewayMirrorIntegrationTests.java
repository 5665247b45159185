// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway;

import java.util.ArrayList;
import java.util.List;

import io.governance.discovery.ServiceStatus;
import io.governance.discovery.ServiceViews;
import io.governance.engine.PolicyEngine;
import io.governance.test.ReceivedRequest;
import io.governance.test.Reply;
import io.governance.test.ScriptedUpstream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Copies that the gateway sends to other instances of the called service are none of its
 * breakers' and limits' business.
 */
class GatewayMirrorIntegrationTests {

	private static final int CALLS = 20;

	private final ScriptedUpstream two = ScriptedUpstream.start();

	private final ScriptedUpstream three = ScriptedUpstream.start();

	@AfterEach
	void stop() {
		this.two.close();
		this.three.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "ANSWER", "HANG" })
	void copiesThatComeToNothingOpenNoBreakerAndUseUpNoLimit(Reply.Kind kind) {
		this.three.otherwise((kind == Reply.Kind.HANG) ? Reply.hang() : Reply.status(500));
		try (TestGateway gateway = start("limit=" + CALLS)) {
			for (int i = 0; i < CALLS; i++) {
				assertThat(gateway.get("/inventory/stock").statusCode()).isEqualTo(200);
			}
			Awaitility.await()
				.untilAsserted(() -> assertThat(this.three.requests().size())
					.as("copies; unfinished=%s failed=%s", decisions(gateway, "mirror", "unfinished"),
							decisions(gateway, "mirror", "failed"))
					.isEqualTo(CALLS));
			assertThat(this.three.requests()).allMatch(GatewayMirrorIntegrationTests::isCopy);
			assertThat(this.two.requests()).hasSize(CALLS).noneMatch(GatewayMirrorIntegrationTests::isCopy);
			assertThat(decisions(gateway, "mirror", "applied")).isEqualTo(CALLS);
			assertThat(decisions(gateway, "circuit-breaker", "admitted")).isEqualTo(CALLS);
			assertThat(decisions(gateway, "circuit-breaker", "opened")).isZero();
			assertThat(decisions(gateway, "retry", "retried")).isZero();
			assertThat(gateway.beans(ServiceViews.class)).singleElement()
				.satisfies((views) -> assertThat(views.status("inventory").selection())
					.isEqualTo(ServiceStatus.Selection.NONE));
			assertThat(gateway.get("/inventory/stock").statusCode()).as("beyond the limit").isEqualTo(429);
		}
	}

	@Test
	void callsThatFailOpenTheBreaker() {
		this.two.otherwise(Reply.status(500));
		try (TestGateway gateway = start("limit=1000")) {
			Awaitility.await()
				.untilAsserted(() -> assertThat(gateway.get("/inventory/stock").body()).contains("circuit-open"));
			assertThat(decisions(gateway, "circuit-breaker", "opened")).isOne();
		}
	}

	private TestGateway start(String limit) {
		List<String> properties = new ArrayList<>(TestGateway.route(0, "inventory", "lb://inventory"));
		properties.addAll(instance(0, "2", this.two));
		properties.addAll(instance(1, "3", this.three));
		properties.addAll(rule("mirror.next", "to.subset.version=3"));
		properties.addAll(rule("route.two", "to[0].subset.version=2"));
		properties.addAll(rule("circuit-breaker.inventory", "minimum-calls=5", "open-for=1h"));
		properties.addAll(rule("rate-limit.inventory", "match.direction=outbound", "per=1d", limit));
		return TestGateway.start(properties);
	}

	private static List<String> instance(int number, String version, ScriptedUpstream upstream) {
		return List.of(TestGateway.instance("inventory", number, upstream.uri()),
				"spring.cloud.discovery.client.simple.instances.inventory[" + number + "].metadata.version=" + version);
	}

	private static List<String> rule(String rule, String... parts) {
		List<String> properties = new ArrayList<>();
		properties.add("governance.rules." + rule + ".match.service=inventory");
		for (String part : parts) {
			properties.add("governance.rules." + rule + "." + part);
		}
		return properties;
	}

	private static boolean isCopy(ReceivedRequest request) {
		return request.headers().containsKey("x-governance-mirror");
	}

	private static long decisions(TestGateway gateway, String type, String decision) {
		return gateway.beans(PolicyEngine.class)
			.iterator()
			.next()
			.counters()
			.stream()
			.filter((counter) -> counter.type().equals(type))
			.flatMap((counter) -> counter.counts().entrySet().stream())
			.filter((entry) -> entry.getKey().decision().equals(decision))
			.mapToLong((entry) -> entry.getValue().sum())
			.sum();
	}

}
