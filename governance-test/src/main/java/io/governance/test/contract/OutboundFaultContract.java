// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.governance.context.CallContext;
import io.governance.execution.Deadline;
import io.governance.match.CallKey;
import io.governance.match.Match;
import io.governance.match.OutcomeMatch;
import io.governance.policy.Call.Priority;
import io.governance.policy.Enforcement;
import io.governance.policy.Outcome;
import io.governance.policy.Permit.Abort;
import io.governance.policy.circuitbreaker.CircuitBreakerRule;
import io.governance.policy.circuitbreaker.CircuitBreakerRuleType;
import io.governance.policy.fault.FaultRule;
import io.governance.policy.fault.FaultRuleType;
import io.governance.rule.RuleDefinition;
import io.governance.test.ReceivedRequest;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Faults on purpose: retry, breaker and caller see what they would see of real ones, and
 * no instance is asked or blamed.
 */
@SuppressWarnings("try")
interface OutboundFaultContract extends OutboundScenarios {

	private void fault(@Nullable Duration delay, @Nullable String abort, double share, Enforcement enforcement) {
		fixture().written.removeIf((rule) -> rule.type() instanceof FaultRuleType);
		fixture().write(
				new RuleDefinition<>(
						new FaultRuleType(), "one", new FaultRule(Match.service(OutboundFixture.SERVICE), enforcement,
								0, delay, null, (abort != null) ? Abort.parse(abort) : null, null, share, null),
						"test"));
	}

	private void abort(String abort) {
		fault(null, abort, 100, Enforcement.ENFORCED);
	}

	@Test
	default void anInjectedStatusIsAnAnswerThatNoInstanceGave() {
		abort("503");
		OutboundClient.Answer answer = OutboundFixture.get(fixture().client());
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.body()).isNullOrEmpty();
		assertThat(fixture().picks()).isEmpty();
		assertThat(fixture().one.requests()).isEmpty();
		assertThat(fixture().attemptProbe.releases()).extracting(Outcome::status).containsExactly(503);
		assertThat(fixture().callProbe.releases()).extracting(Outcome::status).containsExactly(503);
		assertThat(fixture().counted("fault", "aborted")).isEqualTo(1);
	}

	@Test
	default void anyInjectedStatusIsPossible() {
		OutboundClient client = fixture().client();
		for (int status : new int[] { 200, 204, 404, 429, 599 }) {
			abort(String.valueOf(status));
			assertThat(OutboundFixture.get(client).status()).isEqualTo(status);
		}
		assertThat(fixture().one.requests()).isEmpty();
	}

	@Test
	default void anInjectedStatusIsRetriedLikeARealOne() {
		fixture().retry("503");
		fault(null, "503", 50, Enforcement.ENFORCED);
		OutboundClient client = fixture().client();
		// of two calls in a row the second one is hit: at most half of them are
		assertThat(OutboundFixture.get(client).status()).isEqualTo(200);
		assertThat(OutboundFixture.get(client).status()).isEqualTo(200);
		assertThat(fixture().attemptProbe.releases()).extracting(Outcome::status).containsExactly(200, 503, 200);
		assertThat(fixture().counted("fault", "spared")).isEqualTo(2);
	}

	@Test
	default void aPostIsRetriedAfterAnInjectedFailureToConnectWithItsBody() {
		fixture().retry("connect");
		fault(null, "connect", 50, Enforcement.ENFORCED);
		OutboundClient client = fixture().client();
		OutboundClient.Request post = OutboundClient.Request.of("POST", "/items").stream("content".getBytes());
		assertThat(client.send(post).status()).isEqualTo(200);
		assertThat(client.send(post).status()).isEqualTo(200);
		assertThat(fixture().attemptProbe.releases()).extracting(Outcome::kind)
			.containsExactly(Outcome.Kind.RESPONSE, Outcome.Kind.CONNECT_FAILURE, Outcome.Kind.RESPONSE);
		assertThat(fixture().one.requests()).extracting(ReceivedRequest::body)
			.containsOnly("content")
			.hasSizeLessThanOrEqualTo(2);
	}

	@Test
	default void anInjectedFailureToConnectFailsTheCall() {
		abort("connect");
		OutboundClient client = fixture().client();
		assertThat(catchThrowable(() -> OutboundFixture.get(client))).isNotNull();
		assertThat(fixture().attemptProbe.releases()).extracting(Outcome::kind)
			.containsExactly(Outcome.Kind.CONNECT_FAILURE);
		assertThat(fixture().picks()).isEmpty();
	}

	@Test
	default void anInjectedBrokenConnectionFailsTheCall() {
		abort("reset");
		OutboundClient client = fixture().client();
		assertThat(catchThrowable(() -> OutboundFixture.get(client))).isNotNull();
		assertThat(fixture().attemptProbe.releases()).extracting(Outcome::kind).containsExactly(Outcome.Kind.RESET);
		assertThat(fixture().picks()).isEmpty();
	}

	@Test
	default void injectedFailuresOpenABreakerLikeRealOnes() {
		abort("503");
		fixture().write(new RuleDefinition<>(new CircuitBreakerRuleType(), "test",
				new CircuitBreakerRule(Match.service(OutboundFixture.SERVICE), Enforcement.ENFORCED, 0,
						CallKey.parse("service"), 50f, null, 100f, 2, 2, null, Duration.ofMinutes(1), 1,
						List.of(OutcomeMatch.parse("5xx")), 10, null),
				"test"));
		OutboundClient client = fixture().client();
		assertThat(OutboundFixture.get(client).status()).isEqualTo(503);
		assertThat(OutboundFixture.get(client).status()).isEqualTo(503);
		assertThat(OutboundFixture.reason(client)).isEqualTo("circuit-open");
		assertThat(fixture().counted("fault", "aborted")).isEqualTo(2);
	}

	@Test
	default void aDelayedCallIsSentAfterTheDelayWithTheTimeThatIsLeft() {
		fixture().timeout(Duration.ofSeconds(10), null);
		fault(Duration.ofMillis(60), null, 100, Enforcement.ENFORCED);
		TimeSource real = TimeSource.system();
		long start = real.nanoTime();
		assertThat(OutboundFixture.get(fixture().client()).status()).isEqualTo(200);
		assertThat(real.nanoTime() - start).isGreaterThanOrEqualTo(Duration.ofMillis(60).toNanos());
		assertThat(Long.parseLong(String.valueOf(fixture().one.requests().get(0).header("x-governance-timeout-ms"))))
			.isBetween(1L, 9_940L);
		assertThat(fixture().attemptProbe.releases()).singleElement()
			.satisfies((outcome) -> assertThat(outcome.nanos()).isGreaterThanOrEqualTo(60_000_000));
		assertThat(fixture().counted("fault", "delayed")).isEqualTo(1);
	}

	@Test
	default void aDelayThatOutlastsAnAttemptIsATimeoutThatIsRetried() {
		fixture().timeout(Duration.ofSeconds(10), Duration.ofMillis(500));
		fixture().retry("timeout");
		fault(Duration.ofMinutes(10), null, 50, Enforcement.ENFORCED);
		OutboundClient client = fixture().client();
		OutboundFixture.get(client);
		assertThat(assertTimeoutPreemptively(Duration.ofSeconds(8), () -> OutboundFixture.get(client).status()))
			.isEqualTo(200);
		assertThat(fixture().attemptProbe.releases()).extracting(Outcome::kind)
			.containsExactly(Outcome.Kind.RESPONSE, Outcome.Kind.TIMEOUT, Outcome.Kind.RESPONSE);
	}

	@Test
	default void aDelayThatOutlastsTheCallersPatienceIsATimeoutThen() {
		fault(Duration.ofMinutes(10), "503", 100, Enforcement.ENFORCED);
		OutboundClient client = fixture().client();
		Deadline deadline = Deadline.in(TimeSource.system(), Duration.ofMillis(150));
		CallContext context = new CallContext(deadline, 1, Map.of(), null, Priority.DEFAULT);
		try (var scope = context.makeCurrent()) {
			assertThat(OutboundFixture.reason(client)).isEqualTo("deadline-exceeded");
		}
		assertThat(deadline.isExpired(TimeSource.system())).isTrue();
		assertThat(fixture().picks()).isEmpty();
	}

	@Test
	default void aFaultInShadowIsCountedAndDoesNotAct() {
		fault(Duration.ofMinutes(10), "503", 100, Enforcement.SHADOW);
		assertThat(OutboundFixture.get(fixture().client()).status()).isEqualTo(200);
		assertThat(fixture().counted("fault", "delayed")).isEqualTo(1);
		assertThat(fixture().counted("fault", "aborted")).isEqualTo(1);
	}

}
