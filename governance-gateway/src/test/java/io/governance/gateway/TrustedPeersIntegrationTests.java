// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import io.governance.test.ReceivedRequest;
import io.governance.test.Reply;
import io.governance.test.ScriptedUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The gateway program behind a peer that it trusts.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrustedPeersIntegrationTests {

	private final ScriptedUpstream upstream = ScriptedUpstream.start();

	private TestGateway gateway;

	@BeforeAll
	void start() {
		List<String> properties = new ArrayList<>(TestGateway.route(0, "orders", "lb://orders"));
		properties.add(TestGateway.instance("orders", 0, this.upstream.uri()));
		properties.add("governance.trusted-callers=127.0.0.1/32");
		properties.add("governance.tracing.baggage=lane");
		String limit = "governance.rules.rate-limit.lane.";
		properties.addAll(List.of(limit + "match.direction=outbound", limit + "match.labels.lane=blue",
				limit + "limit=1", limit + "per=1h"));
		this.gateway = TestGateway.start(properties);
	}

	@AfterAll
	void stop() {
		this.gateway.close();
		this.upstream.close();
	}

	private ReceivedRequest last() {
		List<ReceivedRequest> all = this.upstream.requests();
		return all.get(all.size() - 1);
	}

	@Test
	void whatTheySayGoesOn() {
		this.gateway.get("/orders/x", "x-governance-timeout-ms", "800", "x-governance-priority", "critical",
				"x-governance-attempt", "2", "X-Forwarded-For", "203.0.113.9", "X-Forwarded-Proto", "https");
		ReceivedRequest received = last();
		assertThat(Long.parseLong(String.valueOf(received.header("x-governance-timeout-ms")))).isBetween(1L, 800L);
		assertThat(received.header("x-governance-priority")).isEqualTo("critical");
		assertThat(received.header("x-governance-attempt")).isEqualTo("2");
		assertThat(received.header("x-governance-caller")).isEqualTo("gateway");
		assertThat(received.header("x-forwarded-for")).isEqualTo("203.0.113.9, 127.0.0.1");
		assertThat(received.header("x-forwarded-proto")).isEqualTo("https");
		assertThat(received.header("x-forwarded-prefix")).isEqualTo("/orders");
	}

	@Test
	void aCallWhoseTimeEndsAtTheServiceIsAProblem() {
		this.upstream.script(Reply.hang());
		HttpResponse<String> response = this.gateway.get("/orders/x", "x-governance-timeout-ms", "200");
		assertThat(response.statusCode()).as(response.headers().map() + response.body()).isEqualTo(504);
		assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
		assertThat(response.body()).contains("\"reason\":\"deadline-exceeded\"");
	}

	@Test
	void configuredBaggageTravelsAndIsALabelForOutboundRules() {
		assertThat(this.gateway.get("/orders/x", "baggage", "lane=blue,other=1").statusCode()).isEqualTo(200);
		assertThat(last().header("baggage")).isEqualTo("lane=blue");
		assertThat(this.gateway.get("/orders/x", "baggage", "lane=blue").statusCode()).isEqualTo(429);
		assertThat(this.gateway.get("/orders/x", "baggage", "lane=green").statusCode()).isEqualTo(200);
	}

}
