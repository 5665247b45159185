// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.bulkhead;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.governance.engine.EffectiveRule;
import io.governance.engine.PolicyEngine;
import io.governance.policy.Decision;
import io.governance.policy.FakeCall;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Segment;
import io.governance.rule.EnforcementOverrides;
import io.governance.rule.RuleDefinition;
import io.governance.rule.RuleSet;
import io.governance.time.TimeSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many threads, calls that wait with and without a thread, calls that give up, and
 * numbers that change: no permit and no place is lost, and nobody waits for ever.
 */
class BulkheadStressTests {

	private static final int THREADS = 6;

	private static final int CALLS = 10_000;

	private static final int PLACES = 4;

	private static final Outcome CANCELLED = Outcome.failure(Outcome.Kind.CANCELLED, null, 0);

	private final PolicyEngine engine = new PolicyEngine("orders", TimeSource.system(), new Random(1));

	private final ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);

	private final AtomicInteger underway = new AtomicInteger();

	private final AtomicInteger most = new AtomicInteger();

	private final AtomicInteger admitted = new AtomicInteger();

	private final Queue<CompletableFuture<Decision>> answers = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean over = new AtomicBoolean();

	private int revision;

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	private static RuleDefinition<BulkheadRule> rule(String id, int calls, int waiting) {
		return new RuleDefinition<>(new BulkheadRuleType(), id,
				new BulkheadRule(null, null, 0, null, calls, waiting, Duration.ofMinutes(10), null), "test");
	}

	private void apply(RuleDefinition<?>... rules) {
		this.engine.apply(new RuleSet("r" + ++this.revision, List.of(rules), EnforcementOverrides.NONE));
	}

	private Decision ask() {
		return this.engine.tryAcquire(Segment.ATTEMPT, FakeCall.to("inventory"));
	}

	private Void callOften() throws Exception {
		for (int i = 0; i < CALLS; i++) {
			Decision decision = ask();
			if (decision instanceof Decision.Pending pending) {
				await(pending.stage().toCompletableFuture(), ThreadLocalRandom.current().nextInt(3));
			}
			else {
				run(decision);
			}
		}
		return null;
	}

	private void await(CompletableFuture<Decision> answer, int how) throws Exception {
		switch (how) {
			case 0 -> giveUp(answer);
			case 1 -> {
				try {
					run(answer.get(20, TimeUnit.MICROSECONDS));
				}
				catch (TimeoutException ex) {
					giveUp(answer);
				}
			}
			default -> this.answers.add(answer.whenComplete((decision, error) -> run(decision)));
		}
	}

	private static void giveUp(CompletableFuture<Decision> answer) throws ExecutionException, InterruptedException {
		if (!answer.cancel(false) && answer.get() instanceof Decision.Admitted late) {
			late.permit().release(CANCELLED);
		}
	}

	private void run(Decision decision) {
		if (decision instanceof Decision.Admitted call) {
			this.admitted.incrementAndGet();
			int now = this.underway.incrementAndGet();
			this.most.accumulateAndGet(now, Math::max);
			Thread.yield();
			this.underway.decrementAndGet();
			call.permit().release(BulkheadTestBed.OK);
		}
	}

	private void callFromAllThreads() throws Exception {
		List<Future<Void>> callers = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			callers.add(this.threads.submit(this::callOften));
		}
		for (Future<Void> caller : callers) {
			caller.get(60, TimeUnit.SECONDS);
		}
		this.over.set(true);
		assertThat(this.answers).allMatch(CompletableFuture::isDone);
		assertThat(this.admitted).hasPositiveValue();
	}

	private void assertThatAllIsBack(int calls) {
		apply(rule("a", calls, 0));
		List<Permit> permits = new ArrayList<>();
		while (ask() instanceof Decision.Admitted call) {
			permits.add(call.permit());
		}
		assertThat(permits).hasSize(calls);
		assertThat(this.engine.effectiveRules()).singleElement()
			.extracting(EffectiveRule::state)
			.isEqualTo("inventory=" + calls + "/" + calls);
	}

	@Test
	void nothingIsLostAndNobodyWaitsForEver() throws Exception {
		apply(rule("a", 2, PLACES));
		callFromAllThreads();
		assertThat(this.most.get()).isLessThanOrEqualTo(2);
		assertThatAllIsBack(2);
	}

	@Test
	void nothingIsLostWhenALaterRuleTurnsAwayWhatHasWaited() throws Exception {
		apply(rule("a", 4, PLACES), rule("b", 1, 0));
		callFromAllThreads();
		assertThat(this.most.get()).isLessThanOrEqualTo(1);
		assertThatAllIsBack(4);
	}

	@Test
	void nothingIsLostWhenBothRulesHaveCallsWait() throws Exception {
		apply(rule("a", 3, PLACES), rule("b", 2, PLACES));
		callFromAllThreads();
		assertThat(this.most.get()).isLessThanOrEqualTo(2);
		assertThatAllIsBack(3);
	}

	@Test
	void nothingIsLostWhileTheNumbersChange() throws Exception {
		apply(rule("a", 3, PLACES));
		Future<?> changes = this.threads.submit(() -> {
			for (int i = 0; !this.over.get(); i++) {
				apply(rule("a", 1 + i % 5, i % 7));
				Thread.yield();
			}
		});
		callFromAllThreads();
		changes.get(60, TimeUnit.SECONDS);
		assertThat(this.most.get()).isLessThanOrEqualTo(5);
		assertThatAllIsBack(3);
	}

}
