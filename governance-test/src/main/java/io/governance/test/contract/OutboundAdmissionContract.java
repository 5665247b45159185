// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.governance.match.CallKey;
import io.governance.match.Match;
import io.governance.match.OutcomeMatch;
import io.governance.policy.Call;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Decision;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Reason;
import io.governance.policy.adaptivebreaker.AdaptiveBreakerRule;
import io.governance.policy.adaptivebreaker.AdaptiveBreakerRuleType;
import io.governance.policy.circuitbreaker.CircuitBreakerRule;
import io.governance.policy.circuitbreaker.CircuitBreakerRuleType;
import io.governance.policy.ratelimit.RateLimitRule;
import io.governance.policy.ratelimit.RateLimitRule.OnStoreFailure;
import io.governance.policy.ratelimit.RateLimitRule.Scope;
import io.governance.policy.ratelimit.RateLimitRuleType;
import io.governance.rule.RuleDefinition;
import io.governance.test.Reply;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * May the call go: admission, rejection, and what becomes of permits.
 */
interface OutboundAdmissionContract extends OutboundScenarios {

	@Test
	default void anAdmittedCallIsSentAndAnswered() {
		OutboundClient.Answer answer = OutboundFixture.get(fixture().client());
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("ok");
		Call call = fixture().callProbe.calls().get(0);
		assertThat(call.direction()).isEqualTo(Direction.OUTBOUND);
		assertThat(List.of(call.service(), call.method(), call.path())).containsExactly(OutboundFixture.SERVICE, "GET",
				"/items");
		assertThat(call.caller()).isEqualTo("orders");
	}

	@Test
	default void aRejectedCallIsNotSentAndSaysWhy() {
		limit("limit", Enforcement.ENFORCED);
		OutboundClient client = fixture().client();
		OutboundFixture.get(client);
		CallRejectedException rejected = Objects.requireNonNull(OutboundFixture.rejection(client));
		assertThat(rejected.rejection().reason().name()).isEqualTo("rate-limited");
		assertThat(rejected.rejection().rule()).isEqualTo("rate-limit/limit");
		assertThat(rejected.rejection().retryAfterNanos()).isPositive();
		assertThat(fixture().one.requests()).hasSize(1);
	}

	@Test
	default void aShadowedRuleIsCountedAndDoesNotAct() {
		limit("limit", Enforcement.SHADOW);
		OutboundClient client = fixture().client();
		OutboundFixture.get(client);
		assertThat(OutboundFixture.get(client).status()).isEqualTo(200);
		assertThat(fixture().counted("rate-limit", "rejected")).isEqualTo(1);
	}

	@Test
	default void anOpenBreakerStaysOpenThroughAnUnrelatedChange() {
		fixture().write(new RuleDefinition<>(new CircuitBreakerRuleType(), "inventory",
				new CircuitBreakerRule(Match.service(OutboundFixture.SERVICE), Enforcement.ENFORCED, 0,
						CallKey.parse("service"), 50f, null, 100f, 2, 2, null, Duration.ofMinutes(5), 1,
						List.of(OutcomeMatch.parse("5xx")), 10, null),
				"test"));
		fixture().one.script(Reply.status(500), Reply.status(500));
		OutboundClient client = fixture().client();
		OutboundFixture.get(client);
		OutboundFixture.get(client);
		assertThat(OutboundFixture.reason(client)).isEqualTo("circuit-open");
		limit("unrelated", Enforcement.ENFORCED);
		assertThat(OutboundFixture.reason(client)).isEqualTo("circuit-open");
		assertThat(fixture().one.requests()).hasSize(2);
	}

	@Test
	default void aThrottledCallIsNotSentAndSaysWhy() {
		AdaptiveBreakerRule rule = new AdaptiveBreakerRule(Match.service(OutboundFixture.SERVICE), Enforcement.ENFORCED,
				0, CallKey.parse("service"), 10, 1.0, 1.0, 1, Duration.ofMinutes(1), true,
				List.of(OutcomeMatch.parse("5xx")));
		fixture().write(new RuleDefinition<>(new AdaptiveBreakerRuleType(), "inventory", rule, "test"));
		fixture().one.script(Reply.status(500), Reply.status(500));
		OutboundClient client = fixture().client();
		OutboundFixture.get(client);
		OutboundFixture.get(client);
		CallRejectedException rejected = Objects.requireNonNull(OutboundFixture.rejection(client));
		assertThat(rejected.rejection().reason().name()).isEqualTo("throttled");
		assertThat(rejected.rejection().rule()).isEqualTo("adaptive-breaker/inventory");
		assertThat(fixture().one.requests()).hasSize(2);
	}

	@Test
	default void permitsComeBackOnceAfterSuccess() {
		OutboundFixture.get(fixture().client());
		assertReleasedOnce(Outcome.Kind.RESPONSE);
	}

	@Test
	default void permitsComeBackOnceAfterAnErrorStatus() {
		fixture().one.script(Reply.status(500));
		assertThat(OutboundFixture.get(fixture().client()).status()).isEqualTo(500);
		assertReleasedOnce(Outcome.Kind.RESPONSE);
		assertThat(fixture().attemptProbe.releases().get(0).status()).isEqualTo(500);
	}

	@Test
	default void permitsComeBackOnceAfterAFailureToConnect() {
		OutboundClient client = fixture().client(OutboundFixture.deadAddress());
		assertThat(catchThrowable(() -> OutboundFixture.get(client))).isNotNull();
		assertReleasedOnce(Outcome.Kind.CONNECT_FAILURE);
	}

	@Test
	default void permitsComeBackOnceAfterABrokenConnection() {
		fixture().one.script(Reply.reset());
		OutboundClient client = fixture().client();
		assertThat(catchThrowable(() -> client.send(OutboundClient.Request.of("POST", "/items").body(new byte[10]))))
			.isNotNull();
		assertReleasedOnce(Outcome.Kind.RESET);
	}

	@Test
	default void permitsComeBackOnceAfterATimeout() {
		fixture().timeout(Duration.ofMillis(150), null);
		fixture().one.script(Reply.hang());
		assertThat(OutboundFixture.reason(fixture().client())).isEqualTo("deadline-exceeded");
		assertReleasedOnce(Outcome.Kind.TIMEOUT);
	}

	@Test
	default void permitsComeBackOnceAfterATimeoutOfARequestWithABody() {
		fixture().timeout(Duration.ofMillis(150), null);
		fixture().one.script(Reply.hang());
		OutboundClient client = fixture().client();
		assertThat(catchThrowable(() -> client.send(OutboundClient.Request.of("POST", "/items").body(new byte[10]))))
			.isInstanceOf(CallRejectedException.class);
		assertReleasedOnce(Outcome.Kind.TIMEOUT);
	}

	@Test
	default void aCallThatAnAttemptRuleRejectsGivesItsPermitBack() {
		fixture().attemptProbe.reject(Reason.OVERLOADED);
		assertThat(OutboundFixture.reason(fixture().client())).isEqualTo("overloaded");
		assertThat(fixture().callProbe.releases()).hasSize(1);
		assertThat(fixture().callProbe.held()).isZero();
		assertThat(fixture().one.requests()).isEmpty();
	}

	@Test
	default void aDelayedCallIsSentLater() {
		fixture().callProbe.answer((permit) -> new Decision.Delayed(permit, 5_000_000));
		assertThat(OutboundFixture.get(fixture().client()).status()).isEqualTo(200);
		assertReleasedOnce(Outcome.Kind.RESPONSE);
	}

	@Test
	default void aDelayBeyondTheDeadlineIsARejectionAtOnce() {
		fixture().timeout(Duration.ofMillis(500), null);
		fixture().callProbe.answer((permit) -> new Decision.Delayed(permit, Duration.ofHours(1).toNanos()));
		assertThat(OutboundFixture.reason(fixture().client())).isEqualTo("deadline-exceeded");
		assertThat(fixture().callProbe.held()).isZero();
		assertThat(fixture().one.requests()).isEmpty();
	}

	@Test
	default void aDecisionMadeElsewhereIsWaitedFor() {
		fixture().callProbe
			.answer((permit) -> new Decision.Pending(CompletableFuture.supplyAsync(() -> new Decision.Admitted(permit)),
					Duration.ofSeconds(10).toNanos()));
		assertThat(OutboundFixture.get(fixture().client()).status()).isEqualTo(200);
		assertReleasedOnce(Outcome.Kind.RESPONSE);
	}

	@Test
	default void aDecisionThatDoesNotComeIsARejectionAndALatePermitComesBack() {
		CompletableFuture<Decision> late = new CompletableFuture<>();
		CompletableFuture<Permit> permits = new CompletableFuture<>();
		fixture().callProbe.answer((permit) -> {
			permits.complete(permit);
			return new Decision.Pending(late, Duration.ofMillis(20).toNanos());
		});
		assertThat(OutboundFixture.reason(fixture().client())).isEqualTo("decision-timeout");
		late.complete(new Decision.Admitted(permits.join()));
		assertThat(fixture().callProbe.releases()).extracting(Outcome::kind).containsExactly(Outcome.Kind.CANCELLED);
		assertThat(fixture().callProbe.held()).isZero();
	}

	private void limit(String id, Enforcement enforcement) {
		fixture().write(new RuleDefinition<>(new RateLimitRuleType(), id,
				new RateLimitRule(OutboundFixture.OUTBOUND, enforcement, 0, null, 1, Duration.ofHours(1), 1L, null,
						null, Map.of(), false, 10, Scope.INSTANCE, OnStoreFailure.LOCAL_SHARE),
				"test"));
	}

	private void assertReleasedOnce(Outcome.Kind kind) {
		assertThat(fixture().callProbe.releases()).extracting(Outcome::kind).containsExactly(kind);
		assertThat(fixture().attemptProbe.releases()).extracting(Outcome::kind).containsExactly(kind);
		assertThat(fixture().callProbe.held()).isZero();
		assertThat(fixture().attemptProbe.held()).isZero();
	}

}
