// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.governance.policy.Decision;
import io.governance.policy.FakeCall;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Segment;
import io.governance.rule.EnforcementOverrides;
import io.governance.rule.RuleDefinition;
import io.governance.rule.RuleSet;
import io.governance.time.ManualTimeSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PolicyEngineConcurrencyTests {

	private static final int CHANGES = 300;

	private final PolicyEngine engine = new PolicyEngine("orders", new ManualTimeSource(), new Random(1));

	private final ExecutorService threads = Executors.newFixedThreadPool(4);

	private final AtomicInteger held = new AtomicInteger();

	private final AtomicBoolean over = new AtomicBoolean();

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	/** Three rules of one generation; each admission is told which. */
	private void apply(int generation, ThreadLocal<List<String>> seen) {
		TestAdmissionType type = TestAdmissionType.additive("type");
		String text = "generation " + generation;
		type.answer(text, (call) -> {
			seen.get().add(text);
			return (ThreadLocalRandom.current().nextInt(8) == 0) ? TestAdmissionType.rejected() : hold();
		});
		List<RuleDefinition<?>> rules = new ArrayList<>();
		for (String id : List.of("a", "b", "c")) {
			rules.add(type.rule(id, TestRule.of(text)));
		}
		this.engine.apply(new RuleSet(text, rules, EnforcementOverrides.NONE));
	}

	private Decision hold() {
		this.held.incrementAndGet();
		AtomicBoolean released = new AtomicBoolean();
		return new Decision.Admitted((outcome) -> {
			assertThat(released.compareAndSet(false, true)).isTrue();
			this.held.decrementAndGet();
		});
	}

	private int callUntilOver(ThreadLocal<List<String>> seen) {
		List<Permit> permits = new ArrayList<>();
		int calls = 0;
		do {
			seen.get().clear();
			Decision decision = this.engine.tryAcquire(Segment.CALL, FakeCall.to("inventory"));
			assertThat(seen.get().stream().distinct()).hasSize(1);
			if (decision instanceof Decision.Admitted admitted) {
				assertThat(seen.get()).hasSize(3);
				permits.add(admitted.permit());
			}
			if (permits.size() > 10) {
				permits.remove(0).release(Outcome.response(200, false, 1));
			}
			calls++;
		}
		while (!this.over.get());
		permits.forEach((permit) -> permit.release(Outcome.response(200, false, 1)));
		return calls;
	}

	@Test
	void callsSeeOneWholeSetAndLoseNoPermitWhileSetsAreSwapped() throws Exception {
		ThreadLocal<List<String>> seen = ThreadLocal.withInitial(ArrayList::new);
		apply(0, seen);
		List<Future<Integer>> callers = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			callers.add(this.threads.submit(() -> callUntilOver(seen)));
		}
		for (int generation = 1; generation <= CHANGES; generation++) {
			apply(generation, seen);
			Thread.yield();
		}
		this.over.set(true);
		int calls = 0;
		for (Future<Integer> caller : callers) {
			calls += caller.get();
		}
		assertThat(calls).isGreaterThanOrEqualTo(3);
		assertThat(this.held).hasValue(0);
	}

	@Test
	void equalRulesCountEveryCallWhileSetsAreSwapped() throws Exception {
		TestAdmissionType type = TestAdmissionType.additive("type").answer("x", Decision.ADMITTED);
		RuleDefinition<TestRule> rule = type.rule("a", TestRule.of("x"));
		this.engine.apply(new RuleSet("0", List.of(rule), EnforcementOverrides.NONE));
		List<Future<?>> callers = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			callers.add(this.threads.submit(() -> {
				for (int call = 0; call < 500; call++) {
					this.engine.tryAcquire(Segment.CALL, FakeCall.to("inventory"));
				}
			}));
		}
		for (int revision = 1; revision <= CHANGES; revision++) {
			this.engine.apply(new RuleSet("r" + revision, List.of(rule), EnforcementOverrides.NONE));
		}
		for (Future<?> caller : callers) {
			caller.get();
		}
		assertThat(this.engine.counters().get(0).counts().get(new DecisionCounter.Key("admitted", "none")).sum())
			.isEqualTo(1_500);
	}

}
