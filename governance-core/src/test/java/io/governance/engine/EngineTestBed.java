// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.List;
import java.util.Map;
import java.util.Random;

import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.Enforcement;
import io.governance.policy.FakeCall;
import io.governance.policy.Permit;
import io.governance.policy.Segment;
import io.governance.rule.EnforcementOverrides;
import io.governance.rule.RuleDefinition;
import io.governance.rule.RuleSet;
import io.governance.time.ManualTimeSource;

/**
 * An engine of the service {@code orders} and what tests ask it.
 */
final class EngineTestBed {

	final ManualTimeSource time = new ManualTimeSource();

	final PolicyEngine engine = new PolicyEngine("orders", this.time, new Random(1));

	private int revision;

	void apply(RuleDefinition<?>... rules) {
		apply(EnforcementOverrides.NONE, rules);
	}

	void apply(EnforcementOverrides overrides, RuleDefinition<?>... rules) {
		this.engine.apply(new RuleSet("r" + ++this.revision, List.of(rules), overrides));
	}

	Decision call(Call call) {
		return this.engine.tryAcquire(Segment.CALL, call);
	}

	Decision call() {
		return call(FakeCall.to("inventory"));
	}

	Permit admit() {
		return ((Decision.Admitted) call()).permit();
	}

	EffectiveRule effective(String id) {
		return this.engine.effectiveRules().stream().filter((rule) -> rule.id().equals(id)).findFirst().orElseThrow();
	}

	long counted(String id, String decision, String reason) {
		return this.engine.counters()
			.stream()
			.filter((counter) -> counter.id().equals(id))
			.mapToLong((counter) -> counter.counts().get(new DecisionCounter.Key(decision, reason)).sum())
			.sum();
	}

	long counted(String id, String decision) {
		return counted(id, decision, DecisionCounter.NO_REASON);
	}

	static EnforcementOverrides all(Enforcement enforcement) {
		return new EnforcementOverrides(enforcement, Map.of());
	}

}
