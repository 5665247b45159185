// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.fault;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.governance.engine.DecisionCounter;
import io.governance.engine.PolicyEngine;
import io.governance.match.Match;
import io.governance.policy.Decision;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.FakeCall;
import io.governance.policy.Outcome;
import io.governance.policy.Permit.Abort;
import io.governance.policy.Permit.Fault;
import io.governance.policy.Segment;
import io.governance.policy.bulkhead.BulkheadRule;
import io.governance.policy.bulkhead.BulkheadRuleType;
import io.governance.rule.EnforcementOverrides;
import io.governance.rule.RuleDefinition;
import io.governance.rule.RuleSet;
import io.governance.time.ManualTimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Faults within the engine: whom they are for, in shadow, switched off and on, and beside
 * rules of other types.
 */
class FaultInTheEngineTests {

	private static final Match INBOUND = new Match(Direction.INBOUND, null, List.of(), null, List.of(), Map.of(),
			Map.of(), null, Map.of());

	private static final Match ITEMS = new Match(null, "inventory", List.of(), "/items/**", List.of(), Map.of(),
			Map.of(), null, Map.of());

	private final PolicyEngine engine = new PolicyEngine("orders", new ManualTimeSource(), () -> 0L);

	private static RuleDefinition<?> rule(String id, Match match, Enforcement enforcement, String abort) {
		return new RuleDefinition<>(new FaultRuleType(), id,
				new FaultRule(match, enforcement, 0, null, null, Abort.parse(abort), 100.0, 100.0, null), "test");
	}

	private void apply(EnforcementOverrides overrides, RuleDefinition<?>... rules) {
		this.engine.apply(new RuleSet("r", List.of(rules), overrides));
	}

	private void apply(RuleDefinition<?>... rules) {
		apply(EnforcementOverrides.NONE, rules);
	}

	private @Nullable Fault fault(Segment segment, FakeCall call) {
		return ((Decision.Admitted) this.engine.tryAcquire(segment, call)).permit().fault();
	}

	private @Nullable Fault fault() {
		return fault(Segment.ATTEMPT, FakeCall.to("inventory").path("/items/1"));
	}

	private long counted(String event) {
		DecisionCounter counter = this.engine.counters().get(0);
		return Objects.requireNonNull(counter.counts().get(new DecisionCounter.Key(event, "none"))).sum();
	}

	@Test
	void aFaultIsForCallsToOthersUnlessItSaysOtherwise() {
		apply(rule("out", Match.ANY, Enforcement.ENFORCED, "503"));
		assertThat(fault()).isEqualTo(new Fault("fault/out", 0, Abort.parse("503")));
		assertThat(fault(Segment.IDENTIFIED, FakeCall.at("orders"))).isNull();
		apply(rule("in", INBOUND, Enforcement.ENFORCED, "503"));
		assertThat(fault()).isNull();
		assertThat(fault(Segment.IDENTIFIED, FakeCall.at("orders"))).isNotNull();
		assertThat(fault(Segment.EDGE, FakeCall.at("orders"))).isNull();
	}

	@Test
	void ofSeveralRulesTheMoreSpecificOneApplies() {
		apply(rule("any", Match.ANY, Enforcement.ENFORCED, "500"), rule("items", ITEMS, Enforcement.ENFORCED, "503"));
		assertThat(fault()).extracting(Fault::rule).isEqualTo("fault/items");
		assertThat(fault(Segment.ATTEMPT, FakeCall.to("inventory").path("/"))).extracting(Fault::rule)
			.isEqualTo("fault/any");
	}

	@Test
	void aShadowCountsWhatItWouldInjectAndLeavesTheCallToOthers() {
		apply(rule("shadow", ITEMS, Enforcement.SHADOW, "503"));
		assertThat(fault()).isNull();
		assertThat(counted("aborted")).isEqualTo(1);
		apply(rule("shadow", ITEMS, Enforcement.SHADOW, "503"), rule("any", Match.ANY, Enforcement.ENFORCED, "500"));
		assertThat(fault()).extracting(Fault::rule).isEqualTo("fault/any");
	}

	@Test
	void theKillSwitchEndsFaultsAtOnce() {
		RuleDefinition<?> rule = rule("one", Match.ANY, Enforcement.ENFORCED, "503");
		apply(rule);
		assertThat(fault()).isNotNull();
		apply(new EnforcementOverrides(Enforcement.ENFORCED, Map.of("fault", Enforcement.OFF)), rule);
		assertThat(fault()).isNull();
		apply(new EnforcementOverrides(Enforcement.SHADOW, Map.of()), rule);
		assertThat(fault()).isNull();
		apply(rule);
		assertThat(fault()).isNotNull();
	}

	@Test
	void aFaultComesBesideThePermitsOfOtherRulesAlsoAfterAWait() {
		BulkheadRule one = new BulkheadRule(null, null, 0, null, 1, 1, Duration.ofSeconds(1), null);
		apply(new RuleDefinition<>(new BulkheadRuleType(), "bulkhead", one, "test"),
				rule("one", Match.ANY, Enforcement.ENFORCED, "reset"));
		Decision.Admitted first = (Decision.Admitted) this.engine.tryAcquire(Segment.ATTEMPT, FakeCall.to("inventory"));
		Decision.Pending second = (Decision.Pending) this.engine.tryAcquire(Segment.ATTEMPT, FakeCall.to("inventory"));
		first.permit().release(Outcome.failure(Outcome.Kind.RESET, null, 0));
		assertThat(second.stage().toCompletableFuture()).isCompletedWithValueMatching(
				(decision) -> decision instanceof Decision.Admitted admitted && admitted.permit().fault() != null);
	}

}
