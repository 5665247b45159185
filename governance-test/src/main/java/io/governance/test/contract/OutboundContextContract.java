// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.governance.answer.Answer;
import io.governance.context.CallContext;
import io.governance.execution.FallbackAnswer;
import io.governance.execution.fallback.FallbackRule;
import io.governance.execution.fallback.FallbackRuleType;
import io.governance.match.Match;
import io.governance.policy.Call.Priority;
import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.Enforcement;
import io.governance.rule.RuleDefinition;
import io.governance.test.FakeInstances;
import io.governance.test.ReceivedRequest;
import io.governance.test.Reply;
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
	default void theContextIsThereForEachAttemptAndForABeanThatAnswersInTheEnd() {
		FallbackAnswer bean = (call, failure) -> new Answer(200, Map.of(),
				String.valueOf(CallContext.current().caller()).getBytes(StandardCharsets.UTF_8));
		fixture().beans.put("stand", bean);
		fixture().write(new RuleDefinition<>(new FallbackRuleType(), "stand-in",
				new FallbackRule(Match.ANY, Enforcement.ENFORCED, 0, List.of(), null, false, "stand",
						Duration.ofMinutes(1), 10, 100_000L, 1_000L, List.of()),
				"test"));
		fixture().retry("503");
		fixture().one.script(Reply.status(503));
		fixture().two.script(Reply.status(503));
		List<String> asked = new CopyOnWriteArrayList<>();
		fixture().attemptProbe.answer((permit) -> {
			asked.add(String.valueOf(CallContext.current().caller()));
			return new Decision.Admitted(permit);
		});
		OutboundClient client = fixture().client();
		CallContext context = new CallContext(null, 1, Map.of(), "gateway", Priority.DEFAULT);
		try (var scope = context.makeCurrent()) {
			assertThat(OutboundFixture.get(client).body()).isEqualTo("gateway");
		}
		assertThat(asked).as("what rules see at a further attempt, on any thread")
			.hasSize(2)
			.last()
			.isEqualTo("gateway");
		assertThat(fixture().picks()).hasSize(2).extracting(FakeInstances.Pick::context).containsOnly(context);
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
