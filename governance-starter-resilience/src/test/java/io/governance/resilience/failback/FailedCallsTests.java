// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.failback;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.governance.context.CallContext;
import io.governance.engine.PolicyEngine;
import io.governance.execution.CallFailure;
import io.governance.execution.Deadline;
import io.governance.execution.Failback;
import io.governance.execution.retry.Budget;
import io.governance.execution.retry.FailbackTerms;
import io.governance.execution.retry.RetryRule;
import io.governance.execution.retry.RetryRuleType;
import io.governance.match.OutcomeMatch;
import io.governance.policy.Call;
import io.governance.policy.Outcome;
import io.governance.rule.EnforcementOverrides;
import io.governance.rule.RuleDefinition;
import io.governance.rule.RuleSet;
import io.governance.test.FakeCall;
import io.governance.time.TimeSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class FailedCallsTests {

	private final PolicyEngine engine = new PolicyEngine("shop", TimeSource.system(), () -> 0L);

	private final FailedCalls calls = new FailedCalls(this.engine, TimeSource.system());

	private final Call call = FakeCall.to("orders");

	FailedCallsTests() {
		apply(3, new Budget(1.0, 100));
		this.calls.start();
	}

	@AfterEach
	void stop() {
		this.calls.stop();
	}

	private void apply(int retries, Budget budget) {
		FailbackTerms terms = new FailbackTerms(retries, Duration.ofMillis(10), Duration.ofMillis(10), 2, 100L, null);
		RetryRule rule = new RetryRule(null, null, 0, 1, List.of(new OutcomeMatch("503")), false, null, budget, null,
				null, RetryRule.Then.FAILBACK, terms);
		this.engine.apply(new RuleSet("test", List.of(new RuleDefinition<>(new RetryRuleType(), "later", rule, "test")),
				EnforcementOverrides.NONE));
	}

	private Failback failback() {
		return Objects.requireNonNull(Objects.requireNonNull(this.engine.plan(this.call).retry()).failback());
	}

	private boolean accept(Resend resend) {
		return this.calls.accept(failback(), this.call, CallContext.NONE, resend);
	}

	private long counted(String decision) {
		return this.engine.counters()
			.stream()
			.flatMap((counter) -> counter.counts().entrySet().stream())
			.filter((entry) -> entry.getKey().decision().equals(decision))
			.mapToLong((entry) -> entry.getValue().sum())
			.sum();
	}

	private static void await(BooleanSupplier condition) {
		assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
			while (!condition.getAsBoolean()) {
				Thread.onSpinWait();
			}
		});
	}

	@Test
	void aCallIsMadeUntilItSucceedsAsAFurtherAttemptWithoutADeadline() {
		Answering resend = new Answering(503, 200);
		CallContext context = new CallContext(Deadline.in(TimeSource.system(), Duration.ofMillis(1)), 1,
				Map.of("lane", "blue"), "shop", Call.Priority.SHEDDABLE);
		assertThat(this.calls.accept(failback(), this.call, context, resend)).isTrue();
		await(() -> counted("failback-succeeded") == 1);
		assertThat(resend.contexts).extracting(CallContext::attempt).containsExactly(2, 3);
		assertThat(resend.contexts).allSatisfy((made) -> {
			assertThat(made.deadline()).isNull();
			assertThat(made.labels()).containsEntry("lane", "blue");
			assertThat(made.priority()).isEqualTo(Call.Priority.SHEDDABLE);
		});
		assertThat(counted("failback-retried")).isEqualTo(2);
	}

	@Test
	void aCallThatFailsAsOftenAsItMayIsLost() {
		accept(new Answering(503, 503, 503, 200));
		await(() -> counted("failback-exhausted") == 1);
		assertThat(counted("failback-retried")).isEqualTo(3);
		assertThat(accept(new Answering(200))).isTrue();
	}

	@Test
	void anAnswerThatIsNoSuccessEndsIt() {
		accept(new Answering(400, 200));
		await(() -> counted("failback-refused") == 1);
		assertThat(counted("failback-retried")).isEqualTo(1);
	}

	@Test
	void aCallThatCannotBeMadeLeavesItsPlace() {
		accept(new Answering());
		await(() -> counted("failback-refused") == 1);
		assertThat(accept(new Answering(200))).isTrue();
		assertThat(accept(new Answering(200))).isTrue();
	}

	@Test
	void whatThereIsNoRoomForIsNotAccepted() {
		apply(100, new Budget(0.0, 0));
		assertThat(accept(new Answering(200))).isTrue();
		assertThat(accept(new Answering(200))).isTrue();
		assertThat(accept(new Answering(200))).isFalse();
		assertThat(counted("failback-full")).isEqualTo(1);
	}

	@Test
	void withoutBudgetItWaitsOn() {
		apply(100, new Budget(0.0, 0));
		accept(new Answering(200));
		await(() -> counted("budget-exhausted") > 2);
		assertThat(counted("failback-succeeded")).isZero();
		apply(100, new Budget(1.0, 100));
		await(() -> counted("failback-succeeded") == 1);
	}

	@Test
	void whatComesDueWhenItsRuleDoesNotActIsLost() {
		Answering resend = new Answering(200);
		Failback failback = failback();
		this.engine.apply(new RuleSet("none", List.of(), EnforcementOverrides.NONE));
		assertThat(this.calls.accept(failback, this.call, CallContext.NONE, resend)).isTrue();
		await(() -> failback.enter(100));
		assertThat(resend.contexts).isEmpty();
	}

	@Test
	void whatIsLeftAtTheStopIsLostAndCounted() {
		apply(100, new Budget(0.0, 0));
		accept(new Answering(200));
		this.calls.stop();
		assertThat(counted("failback-stopped")).isEqualTo(1);
		assertThat(this.calls.isRunning()).isFalse();
		assertThat(accept(new Answering(200))).isFalse();
		this.calls.start();
		assertThat(accept(new Answering(200))).isTrue();
	}

	private static final class Answering implements Resend {

		private final Queue<Integer> answers = new ArrayDeque<>();

		private final Queue<CallContext> contexts = new ConcurrentLinkedQueue<>();

		Answering(Integer... answers) {
			this.answers.addAll(List.of(answers));
		}

		@Override
		public long bytes() {
			return 10;
		}

		@Override
		public void send(CallContext context, Consumer<CallFailure> ended) {
			this.contexts.add(context);
			ended.accept(new CallFailure(Outcome.response(this.answers.remove(), false, 1), null));
		}

	}

}
