// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.retry;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.governance.execution.CallFailure;
import io.governance.execution.ExecutionPlan;
import io.governance.execution.Failback;
import io.governance.execution.RetrySchedule;
import io.governance.match.OutcomeMatch;
import io.governance.policy.Call;
import io.governance.policy.FakeCall;
import io.governance.policy.Outcome;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.rule.TestContext;
import io.governance.schema.Violation;
import io.governance.time.ManualTimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RetryFailbackTests {

	private static final CallFailure BUSY = new CallFailure(Outcome.response(503, false, 1), null);

	private final TestContext context = new TestContext("retry/orders", new ManualTimeSource());

	private final RetryRuleType type = new RetryRuleType();

	private static RetryRule rule(RetryRule.Then then, @Nullable FailbackTerms terms) {
		return new RetryRule(null, null, 0, 1, List.of(new OutcomeMatch("503"), new OutcomeMatch("connect")), false,
				null, new Budget(0.0, 1), null, null, then, terms);
	}

	private static FailbackTerms terms(int maxCalls, long maxBytes) {
		return new FailbackTerms(3, Duration.ofSeconds(5), Duration.ofSeconds(15), maxCalls, maxBytes,
				Duration.ofSeconds(60));
	}

	private RetryPolicy policy(RetryRule rule) {
		return (RetryPolicy) this.type.newPolicy(rule, this.context.context());
	}

	private static @Nullable Failback of(RetryPolicy policy, Call call) {
		RetrySchedule retry = policy.contribute(call, ExecutionPlan.PLAIN).retry();
		return (retry != null) ? retry.failback() : null;
	}

	private static Failback failback(RetryPolicy policy) {
		return Objects.requireNonNull(of(policy, FakeCall.to("orders")));
	}

	@Test
	void isThereOnlyWhereTheRuleSaysSo() {
		assertThat(of(policy(rule(RetryRule.Then.FAIL, null)), FakeCall.to("orders"))).isNull();
		assertThat(failback(policy(rule(RetryRule.Then.FAILBACK, null))).rule()).isEqualTo("retry/orders");
	}

	@Test
	void wantsWhatIsRetriedAndWhatWasNotSentSinceNobodyIsThere() {
		Failback failback = failback(policy(rule(RetryRule.Then.FAILBACK, null)));
		assertThat(failback.wants(BUSY)).isTrue();
		assertThat(failback.wants(new CallFailure(Outcome.response(500, false, 1), null))).isFalse();
		assertThat(failback.wants(new CallFailure(Outcome.response(200, false, 1), null))).isFalse();
		Outcome rejected = Outcome.failure(Outcome.Kind.REJECTED, new IllegalStateException(), 1);
		assertThat(failback.wants(new CallFailure(rejected, Rejection.of(Reason.CIRCUIT_OPEN)))).isTrue();
		assertThat(failback.wants(new CallFailure(rejected, Rejection.of(Reason.NO_INSTANCE)))).isTrue();
		assertThat(failback.wants(new CallFailure(rejected, Rejection.of(Reason.RATE_LIMITED)))).isFalse();
		assertThat(failback.wants(new CallFailure(rejected, Rejection.of(Reason.DEADLINE_EXCEEDED)))).isFalse();
	}

	@Test
	void wantsNoCallAgainThatMayHaveBeenProcessed() {
		Failback post = Objects
			.requireNonNull(of(policy(rule(RetryRule.Then.FAILBACK, null)), FakeCall.to("orders").method("POST")));
		assertThat(post.wants(BUSY)).isFalse();
		Outcome refused = Outcome.failure(Outcome.Kind.CONNECT_FAILURE, new IllegalStateException(), 1);
		assertThat(post.wants(new CallFailure(refused, null))).isTrue();
	}

	@Test
	void keepsSoManyCallsAndBytes() {
		RetryPolicy policy = policy(rule(RetryRule.Then.FAILBACK, terms(2, 100)));
		Failback failback = failback(policy);
		assertThat(failback.enter(101)).isFalse();
		assertThat(failback.enter(60)).isTrue();
		assertThat(failback.enter(60)).isFalse();
		assertThat(failback.enter(40)).isTrue();
		assertThat(failback.enter(0)).isFalse();
		assertThat(policy.state()).endsWith("failback=2/2 bytes=100/100");
		failback.leave(60, Failback.End.SUCCEEDED);
		assertThat(policy.state()).endsWith("failback=1/2 bytes=40/100");
		assertThat(this.context.counted("failback-queued")).isEqualTo(2);
		assertThat(this.context.counted("failback-full")).isEqualTo(3);
		assertThat(this.context.counted("failback-succeeded")).isEqualTo(1);
	}

	@Test
	void waitsLongerEachTimeAndEndsByNumberAndAge() {
		Failback failback = failback(policy(rule(RetryRule.Then.FAILBACK, terms(2, 100))));
		assertThat(failback.waitNanos(0, 0)).isEqualTo(Duration.ofSeconds(5).toNanos());
		assertThat(failback.waitNanos(1, 0)).isEqualTo(Duration.ofSeconds(10).toNanos());
		assertThat(failback.waitNanos(2, 0)).isEqualTo(Duration.ofSeconds(15).toNanos());
		assertThat(failback.waitNanos(3, 0)).isEqualTo(Failback.STOP);
		assertThat(failback.waitNanos(0, Duration.ofSeconds(55).toNanos())).isPositive();
		assertThat(failback.waitNanos(0, Duration.ofSeconds(56).toNanos())).isEqualTo(Failback.STOP);
	}

	@Test
	void takesFromTheBudgetOfRetries() {
		Failback failback = failback(policy(rule(RetryRule.Then.FAILBACK, null)));
		int taken = 0;
		while (failback.tryTake()) {
			taken++;
		}
		assertThat(taken).isPositive();
		assertThat(this.context.counted("failback-retried")).isEqualTo(taken);
		assertThat(this.context.counted("budget-exhausted")).isEqualTo(1);
	}

	@Test
	void aChangeOfTheRuleKeepsTheCount() {
		RetryRule before = rule(RetryRule.Then.FAILBACK, terms(2, 100));
		RetryPolicy policy = policy(before);
		failback(policy).enter(60);
		RetryRule after = rule(RetryRule.Then.FAILBACK, terms(1, 100));
		RetryPolicy next = (RetryPolicy) this.type.inherit(policy, before, after, this.context.context());
		assertThat(failback(next).enter(0)).isFalse();
		assertThat(next.state()).endsWith("failback=1/1 bytes=60/100");
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(nullValues = "-", textBlock = """
			failback.retries,   0,   5s, 15s, 1,     0,   60s
			failback.retries,   101, 5s, 15s, 1,     0,   60s
			failback.base,      3,   9ms, 15s, 1,    0,   60s
			failback.max,       3,   5s, 4s,  1,     0,   60s
			failback.max-calls, 3,   5s, 15s, 0,     0,   60s
			failback.max-calls, 3,   5s, 15s, 10001, 0,   60s
			failback.max-bytes, 3,   5s, 15s, 1,     -1,  60s
			failback.max-age,   3,   5s, 15s, 1,     0,   4s
			-,                  3,   5s, -,   1,     0,   5s
			-,                  -,   -,  -,   -,     -,   -
			""")
	void termsOutOfBoundsAreRefused(@Nullable String component, @Nullable Integer retries, @Nullable String base,
			@Nullable String max, @Nullable Integer maxCalls, @Nullable Long maxBytes, @Nullable String maxAge) {
		FailbackTerms terms = new FailbackTerms(retries, duration(base), duration(max), maxCalls, maxBytes,
				duration(maxAge));
		assertThat(this.type.validate(rule(RetryRule.Then.FAILBACK, terms))).extracting(Violation::component)
			.isEqualTo((component != null) ? List.of(component) : List.of());
	}

	private static @Nullable Duration duration(@Nullable String text) {
		return (text != null) ? text.endsWith("ms") ? Duration.ofMillis(Long.parseLong(text.replace("ms", "")))
				: Duration.ofSeconds(Long.parseLong(text.replace("s", ""))) : null;
	}

}
