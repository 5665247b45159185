// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.governance.test.Reply;
import io.governance.test.ScriptedUpstream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls of one client go to one version, through a gateway behind a load balancer whose
 * forwarding headers the server takes.
 */
class GatewayClientIpIntegrationTests {

	@Test
	void callsOfOneClientGoToOneVersion() {
		try (ScriptedUpstream first = ScriptedUpstream.start().otherwise(Reply.status(200).body("1"));
				ScriptedUpstream second = ScriptedUpstream.start().otherwise(Reply.status(200).body("2"));
				TestGateway gateway = TestGateway.start(properties(first, second))) {
			Set<String> all = new HashSet<>();
			for (int client = 1; client <= 12; client++) {
				Set<String> taken = answers(gateway, "203.0.113." + client);
				assertThat(taken).hasSize(1);
				all.addAll(taken);
			}
			assertThat(all).containsExactlyInAnyOrder("1", "2");
		}
	}

	private static Set<String> answers(TestGateway gateway, String client) {
		Set<String> answers = new HashSet<>();
		for (int i = 0; i < 4; i++) {
			answers.add(gateway.get("/inventory/", "X-Forwarded-For", client).body());
		}
		return answers;
	}

	private static List<String> properties(ScriptedUpstream first, ScriptedUpstream second) {
		List<String> all = new ArrayList<>(TestGateway.route(0, "inventory", "lb://inventory"));
		all.add("server.forward-headers-strategy=native");
		all.add(TestGateway.instance("inventory", 0, first.uri()));
		all.add(TestGateway.instance("inventory", 1, second.uri()));
		String instances = "spring.cloud.discovery.client.simple.instances.inventory";
		all.add(instances + "[0].metadata.version=1");
		all.add(instances + "[1].metadata.version=2");
		String rule = "governance.rules.route.split.";
		all.addAll(List.of(rule + "match.service=inventory", rule + "to[0].subset.version=1",
				rule + "to[1].subset.version=2", rule + "sticky-by=client-ip"));
		return all;
	}

}
