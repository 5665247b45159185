// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.bulkhead;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import io.governance.engine.DecisionCounter;
import io.governance.engine.PolicyEngine;
import io.governance.policy.Decision;
import io.governance.policy.Enforcement;
import io.governance.policy.FakeCall;
import io.governance.policy.Permit;
import io.governance.policy.Segment;
import io.governance.rule.EnforcementOverrides;
import io.governance.rule.RuleDefinition;
import io.governance.rule.RuleSet;
import io.governance.time.ManualTimeSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A bulkhead within the engine: in shadow, switched off and on, and counted.
 */
class BulkheadEnforcementTests {

	private final ManualTimeSource time = new ManualTimeSource();

	private static RuleSet set(Enforcement enforcement, int calls, int waiting) {
		BulkheadRule rule = new BulkheadRule(null, enforcement, 0, null, calls, waiting, BulkheadTestBed.WAIT, null);
		return new RuleSet(enforcement + " " + calls + " " + waiting,
				List.of(new RuleDefinition<>(new BulkheadRuleType(), "b", rule, "test")), EnforcementOverrides.NONE);
	}

	private PolicyEngine engine(Enforcement enforcement, int calls, int waiting) {
		PolicyEngine engine = new PolicyEngine("orders", this.time, new Random(1));
		engine.apply(set(enforcement, calls, waiting));
		return engine;
	}

	private static Decision ask(PolicyEngine engine) {
		return engine.tryAcquire(Segment.ATTEMPT, FakeCall.to("inventory"));
	}

	private static long counted(PolicyEngine engine, String decision, String reason) {
		DecisionCounter counter = engine.counters().get(0);
		return Objects.requireNonNull(counter.counts().get(new DecisionCounter.Key(decision, reason))).sum();
	}

	private static String state(PolicyEngine engine) {
		return engine.effectiveRules().get(0).state();
	}

	private static long rejectedOf(PolicyEngine engine, Random random) {
		List<Permit> underway = new ArrayList<>();
		for (int i = 0; i < 1_000; i++) {
			if (random.nextInt(5) < 3) {
				if (ask(engine) instanceof Decision.Admitted admitted) {
					underway.add(admitted.permit());
				}
			}
			else if (random.nextInt(3) == 0) {
				underway.forEach((permit) -> permit.release(BulkheadTestBed.OK));
				underway.clear();
			}
		}
		return counted(engine, "rejected", "bulkhead-full");
	}

	@Test
	void shadowCountsWhatItWouldReject() {
		long enforced = rejectedOf(engine(Enforcement.ENFORCED, 3, 0), new Random(7));
		assertThat(enforced).isPositive();
		assertThat(rejectedOf(engine(Enforcement.SHADOW, 3, 0), new Random(7))).isEqualTo(enforced);
	}

	@Test
	void callsOfAShadowDoNotWaitAndItsQueueIsClearedByTime() {
		PolicyEngine engine = engine(Enforcement.SHADOW, 1, 1);
		ask(engine);
		assertThat(ask(engine)).isSameAs(Decision.ADMITTED);
		assertThat(state(engine)).isEqualTo("inventory=1/1+1/1");
		assertThat(ask(engine)).isSameAs(Decision.ADMITTED);
		assertThat(counted(engine, "rejected", "bulkhead-full")).isEqualTo(1);
		this.time.advance(BulkheadTestBed.WAIT);
		assertThat(ask(engine)).isSameAs(Decision.ADMITTED);
		assertThat(counted(engine, "rejected", "bulkhead-full")).isEqualTo(2);
		assertThat(state(engine)).isEqualTo("inventory=1/1+1/1");
	}

	@Test
	void whatAShadowWouldHaveServedGivesItsPermitBack() {
		PolicyEngine engine = engine(Enforcement.SHADOW, 1, 1);
		Permit only = ((Decision.Admitted) ask(engine)).permit();
		ask(engine);
		only.release(BulkheadTestBed.OK);
		assertThat(state(engine)).isEqualTo("inventory=0/1+0/1");
		assertThat(counted(engine, "admitted", "none")).isEqualTo(2);
	}

	@Test
	void aCallThatGivesUpLeavesTheQueueAtOnce() {
		PolicyEngine engine = engine(Enforcement.ENFORCED, 1, 1);
		ask(engine);
		Decision.Pending waiting = (Decision.Pending) ask(engine);
		waiting.stage().toCompletableFuture().cancel(false);
		assertThat(state(engine)).isEqualTo("inventory=1/1+0/1");
		assertThat(counted(engine, "given-up", "none")).isEqualTo(1);
		assertThat(counted(engine, "rejected", "bulkhead-full")).isZero();
		assertThat(counted(engine, "failed", "none")).isZero();
		assertThat(ask(engine)).isInstanceOf(Decision.Pending.class);
	}

	@Test
	void aCallThatWaitedInVainIsRejectedByTheRule() {
		PolicyEngine engine = engine(Enforcement.ENFORCED, 1, 1);
		ask(engine);
		Decision.Pending waiting = (Decision.Pending) ask(engine);
		assertThat(waiting.late().rule()).isEqualTo("bulkhead/b");
		this.time.advance(BulkheadTestBed.WAIT);
		waiting.stage().toCompletableFuture().cancel(false);
		assertThat(counted(engine, "rejected", "bulkhead-full")).isEqualTo(1);
		assertThat(counted(engine, "given-up", "none")).isZero();
		assertThat(state(engine)).isEqualTo("inventory=1/1+0/1");
	}

	@Test
	void aBulkheadThatWasOffKnowsWhatIsUnderWay() {
		PolicyEngine engine = engine(Enforcement.ENFORCED, 1, 0);
		Permit only = ((Decision.Admitted) ask(engine)).permit();
		engine.apply(set(Enforcement.OFF, 1, 0));
		assertThat(ask(engine)).isSameAs(Decision.ADMITTED);
		engine.apply(set(Enforcement.ENFORCED, 1, 0));
		assertThat(ask(engine)).isInstanceOf(Decision.Rejected.class);
		only.release(BulkheadTestBed.OK);
		assertThat(ask(engine)).isInstanceOf(Decision.Admitted.class);
	}

	@Test
	void countsStayWhenTheNumbersChange() {
		PolicyEngine engine = engine(Enforcement.ENFORCED, 1, 0);
		ask(engine);
		ask(engine);
		engine.apply(set(Enforcement.ENFORCED, 2, 1));
		ask(engine);
		ask(engine);
		assertThat(state(engine)).isEqualTo("inventory=2/2+1/1");
		assertThat(counted(engine, "admitted", "none")).isEqualTo(2);
		assertThat(counted(engine, "rejected", "bulkhead-full")).isEqualTo(1);
		assertThat(counted(engine, "queued", "none")).isEqualTo(1);
	}

}
