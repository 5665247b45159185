// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.loadshedding;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

import io.governance.engine.DecisionCounter;
import io.governance.engine.EffectiveRule;
import io.governance.engine.PolicyEngine;
import io.governance.match.Match;
import io.governance.policy.Decision;
import io.governance.policy.Enforcement;
import io.governance.policy.FakeCall;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Call.Priority;
import io.governance.policy.Rejection;
import io.governance.policy.Segment;
import io.governance.policy.Stage;
import io.governance.rule.EnforcementOverrides;
import io.governance.rule.RuleDefinition;
import io.governance.rule.RuleSet;
import io.governance.time.ManualTimeSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rules in force: which one decides, and what a shadow does.
 */
class SheddingInTheEngineTests {

	private static final Outcome ANSWER = SheddingTestBed.answered(200, 20);

	private final ManualTimeSource time = new ManualTimeSource();

	private volatile double cpu;

	private final PolicyEngine engine = new PolicyEngine("orders", this.time, new Random(1), () -> this.cpu);

	private static RuleDefinition<?> rule(String id, Match match, Enforcement enforcement, int minLimit) {
		return new RuleDefinition<>(new LoadSheddingRuleType(), id,
				new LoadSheddingRule(match, enforcement, 0, 90, minLimit), "test");
	}

	private static RuleDefinition<?> forAll(Enforcement enforcement) {
		return rule("all", Match.ANY, enforcement, 1);
	}

	private static Match at(String path) {
		return new Match(null, null, List.of(), path, List.of(), Map.of(), Map.of(), null, Map.of());
	}

	private void apply(RuleDefinition<?>... rules) {
		this.engine.apply(new RuleSet("r", List.of(rules), EnforcementOverrides.NONE));
	}

	private Decision ask(String path) {
		return this.engine.tryAcquire(Segment.EDGE, FakeCall.at("orders").path(path));
	}

	private void begin(int calls, String path) {
		for (int i = 0; i < calls; i++) {
			assertThat(ask(path)).isInstanceOf(Decision.Admitted.class);
		}
	}

	/** Brings the average up to what is in flight. */
	private void settle(String path) {
		for (int i = 0; i < 100; i++) {
			((Decision.Admitted) ask(path)).permit().release(Outcome.failure(Outcome.Kind.CANCELLED, null, 0));
		}
	}

	private Map<String, Long> counted(String id) {
		return this.engine.counters()
			.stream()
			.filter((counter) -> counter.id().equals(id))
			.map(DecisionCounter::counts)
			.flatMap((counts) -> counts.entrySet().stream())
			.filter((count) -> count.getValue().sum() > 0)
			.collect(Collectors.toMap((count) -> count.getKey().decision() + " " + count.getKey().reason(),
					(count) -> count.getValue().sum()));
	}

	@Test
	void dropsAndSaysByWhichRule() {
		apply(forAll(Enforcement.ENFORCED));
		begin(20, "/");
		settle("/");
		this.cpu = 0.95;
		Rejection rejection = ((Decision.Rejected) ask("/")).rejection();
		assertThat(rejection.rule()).isEqualTo("load-shedding/all");
		assertThat(rejection.reason().status()).isEqualTo(503);
		assertThat(rejection.reason().notProcessed()).isTrue();
		assertThat(rejection.retryAfterSeconds()).isEqualTo(1);
		assertThat(counted("all")).containsEntry("rejected overloaded", 1L);
	}

	@Test
	void theMostSpecificRuleDecidesAndCountsItsOwnCalls() {
		apply(forAll(Enforcement.ENFORCED), rule("events", at("/events/**"), Enforcement.ENFORCED, 100_000));
		begin(1_000, "/events/a");
		settle("/events/a");
		begin(1, "/orders");
		settle("/orders");
		this.cpu = 0.95;
		assertThat(ask("/events/b")).as("in a thousand").isInstanceOf(Decision.Admitted.class);
		assertThat(ask("/orders")).as("streams of others are not in flight here").isInstanceOf(Decision.Admitted.class);
		assertThat(counted("all")).doesNotContainKey("rejected overloaded");
	}

	@Test
	void aShadowCountsWhatAnEnforcedRuleDrops() {
		assertThat(run(Enforcement.SHADOW)).isEqualTo(run(Enforcement.ENFORCED)).containsKey("rejected overloaded");
	}

	/** The same calls, in the same order, with the same CPU, whatever was decided. */
	private Map<String, Long> run(Enforcement enforcement) {
		apply();
		apply(forAll(enforcement));
		Random random = new Random(7);
		Deque<Permit> inFlight = new ArrayDeque<>();
		for (int i = 0; i < 20_000; i++) {
			this.cpu = 0.8 + random.nextInt(20) / 100.0;
			this.time.advanceNanos(random.nextInt(5_000_000));
			Priority priority = Priority.values()[random.nextInt(3)];
			Decision decision = this.engine.tryAcquire(Segment.EDGE, FakeCall.at("orders").priority(priority));
			inFlight.add((decision instanceof Decision.Admitted admitted) ? admitted.permit() : Permit.NONE);
			if (inFlight.size() > 15 + random.nextInt(10)) {
				inFlight.remove().release(ANSWER);
			}
		}
		inFlight.forEach((permit) -> permit.release(ANSWER));
		return counted("all");
	}

	@Test
	void aSourceOfTheLoadThatFailsLetsCallsGoAndRulesBeListed() {
		PolicyEngine blind = new PolicyEngine("orders", this.time, new Random(1), () -> {
			throw new IllegalStateException("the monitor is away");
		});
		blind.apply(new RuleSet("r", List.of(forAll(Enforcement.ENFORCED)), EnforcementOverrides.NONE));
		assertThat(blind.tryAcquire(Segment.EDGE, FakeCall.at("orders"))).isInstanceOf(Decision.Admitted.class);
		assertThat(blind.effectiveRules()).extracting(EffectiveRule::state)
			.containsExactly("policy failed: IllegalStateException");
	}

	@Test
	void theEngineKnowsWhetherAStageIsUsed() {
		assertThat(this.engine.hasRuleAt(Stage.LOAD_SHEDDING)).isFalse();
		apply(forAll(Enforcement.SHADOW));
		assertThat(this.engine.hasRuleAt(Stage.LOAD_SHEDDING)).isTrue();
		assertThat(this.engine.hasRuleAt(Stage.CIRCUIT_BREAKER)).isFalse();
		apply(forAll(Enforcement.OFF));
		assertThat(this.engine.hasRuleAt(Stage.LOAD_SHEDDING)).isFalse();
	}

}
