// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway;

import java.util.ArrayList;
import java.util.List;

import io.governance.test.ReceivedRequest;
import io.governance.test.ScriptedUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The trace headers of clients as a service behind the gateway gets them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayPropagationIntegrationTests {

	private static final String ID = "0af7651916cd43dd8448eb211c80319c";

	private static final String PARENT = "00-" + ID + "-b7ad6b7169203331-01";

	private final ScriptedUpstream service = ScriptedUpstream.start();

	private TestGateway gateway;

	@BeforeAll
	void start() {
		List<String> properties = new ArrayList<>(TestGateway.route(0, "orders", "lb://orders"));
		properties.add(TestGateway.instance("orders", 0, this.service.uri()));
		properties.add("management.tracing.baggage.remote-fields=tenant");
		this.gateway = TestGateway.start(properties);
	}

	@AfterAll
	void stop() {
		this.gateway.close();
		this.service.close();
	}

	@Test
	void stateOfSeveralHeadersGoesOnInOne() {
		ReceivedRequest received = received("traceparent", PARENT, "tracestate", "foo=1", "tracestate", "bar=2");
		assertThat(received.headers().get("traceparent")).singleElement().asString().startsWith("00-" + ID);
		assertThat(received.headers().get("tracestate")).containsExactly("foo=1,bar=2");
	}

	@Test
	void twoParentsBeginATraceAndEndTheState() {
		ReceivedRequest received = received("traceparent", PARENT, "traceparent", PARENT, "tracestate", "foo=1");
		assertThat(received.headers().get("traceparent")).singleElement().asString().doesNotContain(ID);
		assertThat(received.headers()).doesNotContainKey("tracestate");
	}

	@Test
	void malformedStateEndsHere() {
		ReceivedRequest received = received("traceparent", PARENT, "tracestate", "Foo=1");
		assertThat(received.headers().get("traceparent")).singleElement().asString().startsWith("00-" + ID);
		assertThat(received.headers()).doesNotContainKey("tracestate");
	}

	@Test
	void callersWithB3AreUnderstoodAndTheirHeadersEndHere() {
		ReceivedRequest single = received("b3", ID + "-b7ad6b7169203331-1");
		assertThat(single.headers().get("traceparent")).singleElement().asString().startsWith("00-" + ID);
		assertThat(single.headers()).doesNotContainKey("b3");
		ReceivedRequest multi = received("X-B3-TraceId", ID, "X-B3-SpanId", "b7ad6b7169203331", "X-B3-Sampled", "0");
		assertThat(multi.headers().get("traceparent")).singleElement().asString().startsWith("00-" + ID);
		assertThat(multi.headers()).doesNotContainKeys("x-b3-traceid", "x-b3-spanid", "x-b3-sampled");
	}

	@Test
	void aHeaderNamedLikeBaggageIsNoBaggage() {
		assertThat(received("tenant", "forged").headers()).doesNotContainKey("baggage");
		ReceivedRequest received = received("tenant", "forged", "baggage", "tenant=t1");
		assertThat(received.headers().getOrDefault("baggage", List.of())).doesNotContain("tenant=forged");
	}

	private ReceivedRequest received(String... headers) {
		int before = this.service.requests().size();
		assertThat(this.gateway.get("/orders/x", headers).statusCode()).isEqualTo(200);
		return this.service.requests().get(before);
	}

}
