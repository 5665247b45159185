// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.adaptivebreaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.governance.engine.DecisionCounter;
import io.governance.engine.PolicyEngine;
import io.governance.policy.Decision;
import io.governance.policy.Enforcement;
import io.governance.policy.FakeCall;
import io.governance.policy.Outcome;
import io.governance.policy.Segment;
import io.governance.rule.EnforcementOverrides;
import io.governance.rule.RuleDefinition;
import io.governance.rule.RuleSet;
import io.governance.time.ManualTimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A rule in shadow counts what it would reject if it were enforced: what happens to a
 * call that it would have rejected is not its business.
 */
class AdaptiveBreakerShadowTests {

	private static final FakeCall CALL = FakeCall.to("inventory");

	private static final DecisionCounter.Key THROTTLED = new DecisionCounter.Key("rejected", "throttled");

	private static final DecisionCounter.Key ADMITTED = new DecisionCounter.Key("admitted", "none");

	private final ManualTimeSource time = new ManualTimeSource();

	private PolicyEngine engine(Enforcement enforcement, boolean countDrops, long seed) {
		PolicyEngine engine = new PolicyEngine("orders", this.time, new Random(seed));
		AdaptiveBreakerRule rule = new AdaptiveBreakerRule(null, enforcement, 0, null, null, null, null, null, null,
				countDrops, null);
		engine.apply(new RuleSet("r1", List.of(new RuleDefinition<>(new AdaptiveBreakerRuleType(), "a", rule, "test")),
				EnforcementOverrides.NONE));
		return engine;
	}

	private static long counted(PolicyEngine engine, DecisionCounter.Key key) {
		return engine.counters().get(0).counts().get(key).sum();
	}

	/**
	 * One call to a service that fails wholly for a while.
	 * @return whether the rule rejected it, or would have
	 */
	private static boolean call(PolicyEngine engine, boolean fails) {
		long before = counted(engine, THROTTLED);
		Decision decision = engine.tryAcquire(Segment.ATTEMPT, CALL);
		if (decision instanceof Decision.Admitted admitted) {
			admitted.permit().release(Outcome.response(fails ? 503 : 200, false, 1));
		}
		return counted(engine, THROTTLED) > before;
	}

	@ParameterizedTest(name = "count-drops {0}")
	@ValueSource(booleans = { true, false })
	void rejectsWhatItWouldRejectIfItWereEnforced(boolean countDrops) {
		PolicyEngine enforced = engine(Enforcement.ENFORCED, countDrops, 7);
		PolicyEngine shadow = engine(Enforcement.SHADOW, countDrops, 7);
		List<Integer> rejected = new ArrayList<>();
		List<Integer> wouldBe = new ArrayList<>();
		for (int i = 0; i < 6_000; i++) {
			this.time.advance(Duration.ofMillis(10));
			boolean fails = i > 1_000 && i < 3_000;
			if (call(enforced, fails)) {
				rejected.add(i);
			}
			if (call(shadow, fails)) {
				wouldBe.add(i);
			}
		}
		assertThat(rejected).hasSizeGreaterThan(1_000);
		assertThat(wouldBe).isEqualTo(rejected);
		assertThat(counted(shadow, ADMITTED)).isEqualTo(6_000 - rejected.size());
	}

	@Test
	void rejectsNothing() {
		PolicyEngine shadow = engine(Enforcement.SHADOW, true, 7);
		for (int i = 0; i < 1_000; i++) {
			Decision decision = shadow.tryAcquire(Segment.ATTEMPT, CALL);
			assertThat(decision).isInstanceOf(Decision.Admitted.class);
			((Decision.Admitted) decision).permit().release(Outcome.response(503, false, 1));
		}
		assertThat(counted(shadow, THROTTLED)).isPositive();
	}

}
