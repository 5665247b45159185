// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.governance.test.ReceivedRequest;
import io.governance.test.Reply;
import io.governance.test.ScriptedUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The gateway program between a client and services with known instances.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class GatewayRoutingIntegrationTests {

	private final ScriptedUpstream one = ScriptedUpstream.start();

	private final ScriptedUpstream two = ScriptedUpstream.start();

	private TestGateway gateway;

	private int seenByOne;

	private int seenByTwo;

	@BeforeAll
	void start() {
		URI dead = deadAddress();
		List<String> properties = new ArrayList<>();
		properties.addAll(TestGateway.route(0, "orders", "lb://orders"));
		properties.addAll(TestGateway.route(1, "both", "lb://both"));
		properties.addAll(TestGateway.route(2, "half", "lb://half"));
		properties.addAll(TestGateway.route(3, "nobody", "lb://nobody"));
		properties.addAll(TestGateway.route(4, "gone", "lb://gone"));
		properties.addAll(TestGateway.route(5, "fixed", dead.toString()));
		properties.addAll(TestGateway.route(6, "limited", "lb://orders"));
		String route = "spring.cloud.gateway.server.webflux.routes[7].";
		properties
			.addAll(List.of(route + "id=api", route + "uri=lb://orders", route + "predicates[0]=Path=/api/orders/**",
					route + "filters[0]=RewritePath=/api/(?<rest>.*), /$\\{rest}"));
		properties.add(TestGateway.instance("orders", 0, this.one.uri()));
		properties.add(TestGateway.instance("both", 0, this.one.uri()));
		properties.add(TestGateway.instance("both", 1, this.two.uri()));
		properties.add(TestGateway.instance("half", 0, dead));
		properties.add(TestGateway.instance("half", 1, this.two.uri()));
		properties.add(TestGateway.instance("gone", 0, dead));
		properties.add("governance.rules.load-balancing.turns.algorithm=round-robin");
		String limit = "governance.rules.rate-limit.limited.";
		properties.addAll(List.of(limit + "match.path=/limited/**", limit + "limit=1", limit + "per=1h"));
		this.gateway = TestGateway.start(properties);
	}

	@AfterAll
	void stop() {
		this.gateway.close();
		this.one.close();
		this.two.close();
	}

	@BeforeEach
	void count() {
		this.seenByOne = this.one.requests().size();
		this.seenByTwo = this.two.requests().size();
	}

	@AfterEach
	void nobodyIsToldOfOurInside(CapturedOutput output) {
		assertThat(output).doesNotContain("\tat ");
	}

	private static URI deadAddress() {
		ScriptedUpstream gone = ScriptedUpstream.start();
		gone.close();
		return gone.uri();
	}

	private List<ReceivedRequest> one() {
		return this.one.requests().subList(this.seenByOne, this.one.requests().size());
	}

	private List<ReceivedRequest> two() {
		return this.two.requests().subList(this.seenByTwo, this.two.requests().size());
	}

	@Test
	void aConfiguredRouteIsRewrittenAndSentToTheService() {
		assertThat(this.gateway.get("/api/orders/7%2F8?colour=dark%20red").body()).isEqualTo("ok");
		ReceivedRequest received = one().get(0);
		assertThat(received.path()).isEqualTo("/orders/7%2F8");
		assertThat(received.header("x-forwarded-for")).isEqualTo("127.0.0.1");
		assertThat(received.header("x-forwarded-proto")).isEqualTo("http");
		assertThat(received.header("x-forwarded-host")).isEqualTo("127.0.0.1:" + this.gateway.port());
		assertThat(received.header("x-forwarded-port")).isEqualTo(String.valueOf(this.gateway.port()));
		assertThat(received.header("x-forwarded-prefix")).isEqualTo("/api");
		assertThat(received.header("x-governance-caller")).isEqualTo("gateway");
		assertThat(received.header("x-governance-attempt")).isEqualTo("1");
	}

	@Test
	void aLimitAnswersWithAProblemAndSaysWhenToComeBack() {
		assertThat(this.gateway.get("/limited/a").statusCode()).isEqualTo(200);
		HttpResponse<String> rejected = this.gateway.get("/limited/b");
		assertThat(rejected.statusCode()).isEqualTo(429);
		assertThat(rejected.headers().firstValue("content-type")).hasValue("application/problem+json");
		assertThat(Long.parseLong(rejected.headers().firstValue("retry-after").orElseThrow())).isBetween(1L, 3600L);
		assertThat(rejected.body()).contains("\"rule\":\"rate-limit/limited\"", "\"reason\":\"rate-limited\"",
				"\"traceId\":\"" + rejected.headers().firstValue("x-trace-id").orElseThrow() + "\"");
		assertThat(one()).hasSize(1);
	}

	@Test
	void aServiceWithoutInstancesIsAProblem() {
		assertProblem(this.gateway.get("/nobody/x"), 503, "no-instance");
	}

	@Test
	void aPathWithoutRouteIsAProblem() {
		HttpResponse<String> response = this.gateway.get("/nothing-here");
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
	}

	@Test
	void deadInstancesAreAvoidedForGetAndPost() {
		for (int i = 0; i < 4; i++) {
			assertThat(this.gateway.get("/half/x").statusCode()).isEqualTo(200);
			assertThat(this.gateway.post("/half/x", "content").statusCode()).isEqualTo(200);
		}
		assertThat(two()).hasSize(8)
			.filteredOn((request) -> request.method().equals("POST"))
			.hasSize(4)
			.allMatch((request) -> request.body().equals("content"));
	}

	@Test
	void aServiceThatCannotBeReachedAtAllIsAProblem() {
		assertProblem(this.gateway.get("/gone/x"), 503, "connect-failed");
		assertProblem(this.gateway.get("/fixed/x"), 503, "connect-failed");
	}

	@Test
	void aPostIsSentOnceWhenTheConnectionBreaks() {
		for (Reply broken : List.of(Reply.reset(), Reply.earlyReset())) {
			this.one.script(broken);
			this.two.script(broken);
			count();
			assertProblem(this.gateway.post("/both/x", "content"), 502, "connection-lost");
			assertThat(one().size() + two().size()).isEqualTo(1);
			// the other one's script is used up, too
			this.gateway.post("/both/x", "content");
		}
	}

	@Test
	void aPostThatWasNotProcessedGoesToTheOtherInstance() {
		Reply busy = Reply.status(503)
			.header("x-governance-not-processed", "true")
			.header("x-busy", "yes")
			.body("busy");
		this.one.script(busy);
		assertThat(this.gateway.post("/both/x", "content").statusCode()).isEqualTo(200);
		HttpResponse<String> next = this.gateway.post("/both/x", "content");
		assertThat(next.statusCode()).isEqualTo(200);
		assertThat(next.headers().firstValue("x-busy")).isEmpty();
		assertThat(one().size() + two().size()).isEqualTo(3);
		assertThat(one()).extracting(ReceivedRequest::body).containsOnly("content");
		assertThat(two()).extracting(ReceivedRequest::body).containsOnly("content");
	}

	@Test
	void oneTraceGoesThroughTheGateway() {
		HttpResponse<String> response = this.gateway.get("/orders/x");
		String traceId = response.headers().firstValue("x-trace-id").orElseThrow();
		assertThat(one().get(0).header("traceparent")).matches("00-" + traceId + "-[0-9a-f]{16}-0[01]");
		String other = UUID.randomUUID().toString().replace("-", "");
		HttpResponse<String> continued = this.gateway.get("/orders/x", "traceparent",
				"00-" + other + "-00f067aa0ba902b7-01");
		assertThat(continued.headers().firstValue("x-trace-id")).hasValue(other);
		assertThat(one().get(1).header("traceparent")).startsWith("00-" + other).doesNotContain("00f067aa0ba902b7");
	}

	@Test
	void strangersSayNothingAboutThemselves() throws Exception {
		String status = this.gateway.raw("GET /orders/x HTTP/1.1", "Host: shop.example", "baggage: lane=blue",
				"X-Forwarded-For: 203.0.113.9", "X-Forwarded-Host: evil.example", "Forwarded: for=203.0.113.9",
				"X-Governance-Timeout-Ms: 0", "X-Governance-Caller: admin", "X-Governance-Priority: critical",
				"X-Governance-Attempt: 9", "X-Real-IP: 203.0.113.9", "X-Other: stays",
				"Connection: close, X-Governance-Caller, X-Other");
		assertThat(status).isEqualTo("HTTP/1.1 200");
		ReceivedRequest received = one().get(0);
		assertThat(received.headers()).doesNotContainKeys("baggage", "forwarded", "x-real-ip");
		assertThat(received.header("x-forwarded-for")).isEqualTo("127.0.0.1");
		assertThat(received.header("x-forwarded-host")).isEqualTo("shop.example");
		assertThat(received.header("x-governance-caller")).isEqualTo("gateway");
		assertThat(received.header("x-governance-attempt")).isEqualTo("1");
		assertThat(received.header("x-governance-priority")).isEqualTo("default");
		assertThat(received.header("x-other")).isEqualTo("stays");
	}

	private static void assertProblem(HttpResponse<String> response, int status, String reason) {
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
		assertThat(response.body()).contains("\"reason\":\"" + reason + "\"");
	}

}
