// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.retry;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.governance.execution.ExecutionPlan;
import io.governance.execution.ExecutionPolicy;
import io.governance.execution.RetrySchedule;
import io.governance.match.Match;
import io.governance.match.OutcomeMatch;
import io.governance.policy.Enforcement;
import io.governance.policy.FakeCall;
import io.governance.policy.Outcome;
import io.governance.policy.Outcome.Kind;
import io.governance.rule.TestContext;
import io.governance.time.ManualTimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RetryPolicyTests {

	private static final Outcome CONNECT_FAILURE = Outcome.failure(Kind.CONNECT_FAILURE, null, 1);

	private static final Outcome RESET = Outcome.failure(Kind.RESET, null, 1);

	private final ManualTimeSource time = new ManualTimeSource();

	private final TestContext context = new TestContext("retry/r", this.time);

	private final RetryRuleType type = new RetryRuleType();

	private static RetryRule rule(int attempts, boolean nonIdempotent, Budget budget, String... retryOn) {
		List<OutcomeMatch> conditions = List.of(retryOn).stream().map(OutcomeMatch::parse).toList();
		return new RetryRule(Match.ANY, Enforcement.ENFORCED, 0, attempts, conditions, nonIdempotent,
				new Backoff(null, null), budget, null, null, null, null);
	}

	private static Budget ample() {
		return new Budget(10.0, 10_000);
	}

	private ExecutionPolicy policy(RetryRule rule) {
		return this.type.newPolicy(rule, this.context.context());
	}

	private RetrySchedule schedule(ExecutionPolicy policy, String method) {
		FakeCall call = FakeCall.to("inventory").method(method);
		RetrySchedule schedule = Objects.requireNonNull(policy.contribute(call, ExecutionPlan.PLAIN).retry());
		schedule.begin(this.time.nanoTime());
		return schedule;
	}

	@Test
	void addsToWhatWasSaidBeforeOfEachCall() {
		ExecutionPolicy policy = policy(rule(2, false, ample(), "connect"));
		FakeCall call = FakeCall.to("inventory").method("GET");
		for (int second = 1; second <= 3; second++) {
			Duration total = Duration.ofSeconds(second);
			ExecutionPlan plan = policy.contribute(call,
					ExecutionPlan.PLAIN.withTimeouts(total, null, null, "timeout/all"));
			assertThat(plan.total()).isEqualTo(total);
			assertThat(plan.retry()).isNotNull();
		}
	}

	private static Outcome outcome(String text) {
		return switch (text) {
			case "not-processed" -> Outcome.response(503, true, 1);
			case "connect" -> CONNECT_FAILURE;
			case "reset" -> RESET;
			case "timeout" -> Outcome.failure(Kind.TIMEOUT, null, 1);
			case "error" -> Outcome.failure(Kind.ERROR, null, 1);
			case "cancelled" -> Outcome.failure(Kind.CANCELLED, null, 1);
			case "rejected" -> Outcome.failure(Kind.REJECTED, null, 1);
			default -> Outcome.response(Integer.parseInt(text), false, 1);
		};
	}

	@ParameterizedTest(name = "{0} that ends with {1}: {2}")
	@CsvSource(textBlock = """
			GET,     connect,       true
			GET,     not-processed, true
			GET,     reset,         true
			GET,     timeout,       false
			GET,     error,         false
			GET,     500,           false
			GET,     503,           false
			GET,     200,           false
			GET,     cancelled,     false
			GET,     rejected,      false
			HEAD,    reset,         true
			OPTIONS, reset,         true
			TRACE,   reset,         true
			PUT,     reset,         true
			DELETE,  reset,         true
			POST,    reset,         false
			PATCH,   reset,         false
			CONNECT, reset,         false
			POST,    connect,       true
			POST,    not-processed, true
			PATCH,   not-processed, true
			POST,    timeout,       false
			POST,    503,           false
			""")
	void byDefaultOnlyWhatIsSafeIsTriedAgain(String method, String ending, boolean retried) {
		ExecutionPolicy policy = policy(this.type.defaults().get("default"));
		long wait = schedule(policy, method).next(1, outcome(ending), 0);
		assertThat(wait != RetrySchedule.STOP).isEqualTo(retried);
	}

	@ParameterizedTest(name = "{0} on {1} that ends with {2}: {3}")
	@CsvSource(textBlock = """
			5xx,     GET,  503,           true
			5xx,     POST, 503,           false
			5xx,     POST, not-processed, false
			timeout, GET,  timeout,       true
			timeout, POST, timeout,       false
			timeout, GET,  connect,       false
			503,     GET,  503,           true
			503,     GET,  500,           false
			""")
	void declaredEndingsReplaceTheDefault(String retryOn, String method, String ending, boolean retried) {
		long wait = schedule(policy(rule(2, false, ample(), retryOn)), method).next(1, outcome(ending), 0);
		assertThat(wait != RetrySchedule.STOP).isEqualTo(retried);
	}

	@ParameterizedTest
	@ValueSource(strings = { "reset", "timeout", "503" })
	void nonIdempotentCallsAreTriedAgainWhenTheOperatorSaysSo(String ending) {
		RetrySchedule schedule = schedule(policy(rule(2, true, ample(), ending)), "POST");
		assertThat(schedule.next(1, outcome(ending), 0)).isNotEqualTo(RetrySchedule.STOP);
	}

	@Test
	void firstTryCountsAsAnAttempt() {
		RetrySchedule schedule = schedule(policy(rule(3, false, ample(), "connect")), "GET");
		assertThat(schedule.mayRetryAfter(1)).isTrue();
		assertThat(schedule.mayRetryAfter(2)).isTrue();
		assertThat(schedule.mayRetryAfter(3)).isFalse();
		assertThat(schedule.next(1, CONNECT_FAILURE, 0)).isNotNegative();
		assertThat(schedule.next(2, CONNECT_FAILURE, 0)).isNotNegative();
		assertThat(schedule.next(3, CONNECT_FAILURE, 0)).isEqualTo(RetrySchedule.STOP);
	}

	@Test
	void oneAttemptIsNoRetry() {
		RetrySchedule schedule = schedule(policy(rule(1, false, ample(), "connect")), "GET");
		assertThat(schedule.mayRetryAfter(1)).isFalse();
		assertThat(schedule.next(1, CONNECT_FAILURE, 0)).isEqualTo(RetrySchedule.STOP);
	}

	@Test
	void waitsStayWithinTheBoundsOfTheBackoff() {
		RetrySchedule schedule = schedule(policy(rule(10, false, ample(), "connect")), "GET");
		long[] bounds = { 25, 50, 100, 200, 250, 250, 250, 250, 250 };
		for (int attempt = 1; attempt < 10; attempt++) {
			assertThat(schedule.next(attempt, CONNECT_FAILURE, 0)).isBetween(0L,
					Duration.ofMillis(bounds[attempt - 1]).toNanos() - 1);
		}
	}

	@Test
	void whatTheCalleeAsksForComesBeforeTheBackoff() {
		long asked = Duration.ofSeconds(5).toNanos();
		RetrySchedule schedule = schedule(policy(rule(3, false, ample(), "503")), "GET");
		assertThat(schedule.next(1, outcome("503"), asked)).isBetween(asked, asked + Duration.ofMillis(25).toNanos());
		assertThat(schedule.next(2, outcome("503"), 1)).isBetween(1L, Duration.ofMillis(50).toNanos());
	}

	@Test
	void aCalleeThatAsksForTooMuchIsNotTriedAgain() {
		long asked = Duration.ofSeconds(5).toNanos() + 1;
		ExecutionPolicy policy = policy(rule(3, false, new Budget(0.0, 1), "503"));
		assertThat(schedule(policy, "GET").next(1, outcome("503"), asked)).isEqualTo(RetrySchedule.STOP);
		assertThat(schedule(policy, "GET").next(1, outcome("503"), Long.MAX_VALUE)).isEqualTo(RetrySchedule.STOP);
		assertThat(this.context.counted("retry-after-exceeded")).isEqualTo(2);
		assertThat(policy.state()).as("takes nothing from the budget").isEqualTo("inventory=10");
	}

	@Test
	void usedUpBudgetStopsRetriesAndIsCounted() {
		ExecutionPolicy policy = policy(rule(10, false, new Budget(0.0, 1), "connect"));
		long retried = 0;
		for (int i = 0; i < 100; i++) {
			retried += (schedule(policy, "GET").next(1, CONNECT_FAILURE, 0) != RetrySchedule.STOP) ? 1 : 0;
		}
		assertThat(retried).isEqualTo(10);
		assertThat(this.context.counted("retried")).isEqualTo(10);
		assertThat(this.context.counted("budget-exhausted")).isEqualTo(90);
		this.time.advanceSeconds(10);
		assertThat(schedule(policy, "GET").next(1, CONNECT_FAILURE, 0)).isNotEqualTo(RetrySchedule.STOP);
	}

	@Test
	void callsThatNeedNoRetryFeedTheBudget() {
		ExecutionPolicy policy = policy(rule(2, false, new Budget(0.2, 0), "connect"));
		for (int i = 0; i < 4; i++) {
			schedule(policy, "GET");
		}
		assertThat(schedule(policy, "GET").next(1, CONNECT_FAILURE, 0)).isNotEqualTo(RetrySchedule.STOP);
		assertThat(schedule(policy, "GET").next(1, CONNECT_FAILURE, 0)).isEqualTo(RetrySchedule.STOP);
	}

	@Test
	void unwantedRetriesTakeNothingFromTheBudget() {
		ExecutionPolicy policy = policy(rule(2, false, new Budget(0.0, 1), "connect"));
		schedule(policy, "GET").next(1, RESET, 0);
		schedule(policy, "GET").next(2, CONNECT_FAILURE, 0);
		schedule(policy, "GET").next(1, Outcome.response(200, false, 1), 0);
		assertThat(policy.state()).isEqualTo("inventory=10");
		assertThat(this.context.counted("budget-exhausted")).isZero();
	}

	@Test
	void otherPartsOfThePlanStay() {
		ExecutionPlan before = ExecutionPlan.PLAIN.withTimeouts(Duration.ofSeconds(1), null, null, "timeout/all");
		ExecutionPlan plan = policy(rule(2, false, ample(), "connect")).contribute(FakeCall.to("a"), before);
		assertThat(plan.total()).isEqualTo(Duration.ofSeconds(1));
		assertThat(plan.retry()).isNotNull();
	}

	@Test
	void scheduleSaysHowMuchBodyToKeep() {
		assertThat(schedule(policy(rule(2, false, ample(), "connect")), "GET").maxBodyBytes()).isEqualTo(65_536);
	}

	@Test
	void budgetIsKeptByAChangeOfAnythingElse() {
		RetryRule before = rule(2, false, new Budget(0.0, 1), "connect");
		ExecutionPolicy running = policy(before);
		schedule(running, "GET").next(1, CONNECT_FAILURE, 0);
		RetryRule after = rule(3, false, new Budget(0.0, 1), "connect", "reset");
		ExecutionPolicy next = this.type.inherit(running, before, after, this.context.context());
		assertThat(next.state()).isEqualTo("inventory=9");
		assertThat(schedule(next, "GET").next(2, RESET, 0)).isNotEqualTo(RetrySchedule.STOP);
	}

	@Test
	void changedBudgetStartsAnew() {
		RetryRule before = rule(2, false, new Budget(0.0, 1), "connect");
		ExecutionPolicy running = policy(before);
		schedule(running, "GET").next(1, CONNECT_FAILURE, 0);
		ExecutionPolicy next = this.type.inherit(running, before, rule(2, false, new Budget(0.0, 2), "connect"),
				this.context.context());
		schedule(next, "GET");
		assertThat(next.state()).isEqualTo("inventory=20");
	}

}
