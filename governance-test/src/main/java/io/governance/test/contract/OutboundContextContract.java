// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.util.Map;

import io.governance.context.CallContext;
import io.governance.policy.Call.Priority;
import io.governance.policy.Call;
import io.governance.test.ReceivedRequest;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the call is made on behalf of.
 */
@SuppressWarnings("try")
interface OutboundContextContract extends OutboundScenarios {

	@Test
	default void theContextIsThereDuringTheCallAndOnTheWire() {
		CallContext context = new CallContext(null, 1, Map.of("lane", "blue"), "gateway", Priority.CRITICAL);
		OutboundClient client = fixture().client();
		try (var scope = context.makeCurrent()) {
			OutboundFixture.get(client);
		}
		assertThat(fixture().picks().get(0).context()).isEqualTo(context);
		assertThat(fixture().callProbe.calls().get(0).label("lane")).isEqualTo("blue");
		ReceivedRequest sent = fixture().one.requests().get(0);
		assertThat(sent.header("x-governance-priority")).isEqualTo("critical");
		assertThat(sent.header("x-governance-caller")).isEqualTo("orders");
		assertThat(sent.header("x-governance-attempt")).isEqualTo("1");
	}

	@Test
	default void theLoggingContextIsThereWhenAnInstanceIsChosen() {
		OutboundClient client = fixture().client();
		try (var traceId = MDC.putCloseable("traceId", "abc")) {
			OutboundFixture.get(client);
		}
		assertThat(fixture().picks().get(0).traceId()).isEqualTo("abc");
	}

	@Test
	default void thePriorityThatTheUserSetsIsKept() {
		fixture().client()
			.send(OutboundClient.Request.of("GET", "/items").header("x-governance-priority", "sheddable"));
		assertThat(fixture().one.requests().get(0).header("x-governance-priority")).isEqualTo("sheddable");
	}

	@Test
	default void rulesSeeHeadersAndQuery() {
		fixture().client().send(OutboundClient.Request.of("GET", "/items?colour=dark%20red").header("x-user", "ann"));
		Call call = fixture().callProbe.calls().get(0);
		assertThat(call.header("X-User")).isEqualTo("ann");
		assertThat(call.query("colour")).isEqualTo("dark red");
		assertThat(call.query("size")).isNull();
	}

}
