// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway;

import java.util.ArrayList;
import java.util.List;

import io.governance.test.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whose word on traces counts at the gateway, and what services hear of it.
 */
class GatewaySamplingIntegrationTests {

	private static final String SAMPLED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

	private final ScriptedUpstream upstream = ScriptedUpstream.start();

	@AfterEach
	void stop() {
		this.upstream.close();
	}

	private TestGateway start(String trusted) {
		List<String> properties = new ArrayList<>(TestGateway.route(0, "orders", "lb://orders"));
		properties.add(TestGateway.instance("orders", 0, this.upstream.uri()));
		properties.add("governance.trusted-callers=" + trusted);
		properties.add("governance.rules.sampling.default.ratio=0");
		properties.add("governance.rules.sampling.default.debug-header=x-governance-trace");
		properties.add("governance.rules.sampling.vip.ratio=1");
		properties.add("governance.rules.sampling.vip.match.path=/orders/vip");
		return TestGateway.start(properties);
	}

	private String decision(TestGateway gateway, String path, String... headers) {
		assertThat(gateway.get(path, headers).statusCode()).isEqualTo(200);
		String parent = this.upstream.requests().get(this.upstream.requests().size() - 1).header("traceparent");
		return String.valueOf(parent).substring(53);
	}

	@Test
	void rulesDecideAndATrustedPeerIsHonoured() {
		try (TestGateway gateway = start("127.0.0.1/32")) {
			assertThat(decision(gateway, "/orders/x")).isEqualTo("00");
			assertThat(decision(gateway, "/orders/vip")).isEqualTo("01");
			assertThat(decision(gateway, "/orders/x", "traceparent", SAMPLED)).isEqualTo("01");
			assertThat(decision(gateway, "/orders/x", "x-governance-trace", "1")).isEqualTo("01");
		}
	}

	@Test
	void aStrangersWordCountsNeitherHereNorAtTheService() {
		try (TestGateway gateway = start("10.0.0.0/8")) {
			assertThat(decision(gateway, "/orders/x", "traceparent", SAMPLED)).isEqualTo("00");
			assertThat(decision(gateway, "/orders/x", "x-governance-trace", "1")).isEqualTo("00");
			assertThat(this.upstream.requests().get(this.upstream.requests().size() - 1).header("x-governance-trace"))
				.isNull();
			assertThat(decision(gateway, "/orders/vip")).isEqualTo("01");
		}
	}

}
