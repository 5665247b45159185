// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.util.List;

import io.governance.policy.Direction;
import io.governance.policy.Policy;
import io.governance.policy.Reason;
import io.governance.policy.Stage;
import io.governance.policy.loadshedding.LoadSheddingRule;
import io.governance.policy.loadshedding.LoadSheddingRuleType;
import io.governance.rule.AdmissionRuleType;
import io.governance.rule.PolicyContext;
import io.governance.schema.Violation;

/**
 * Load shedding as it is, but for the CPU: that is as busy as a test says. Thread-safe.
 */
final class ScriptedShedding implements AdmissionRuleType<LoadSheddingRule> {

	private final LoadSheddingRuleType type = new LoadSheddingRuleType();

	private volatile double cpu;

	/**
	 * Sets the load.
	 * @param load 0 to 1
	 */
	void cpu(double load) {
		this.cpu = load;
	}

	@Override
	public String name() {
		return this.type.name();
	}

	@Override
	public Class<LoadSheddingRule> ruleClass() {
		return this.type.ruleClass();
	}

	@Override
	public List<Direction> directions() {
		return this.type.directions();
	}

	@Override
	public Stage stage(LoadSheddingRule rule, Direction direction) {
		return this.type.stage(rule, direction);
	}

	@Override
	public List<Violation> validate(LoadSheddingRule rule) {
		return this.type.validate(rule);
	}

	@Override
	public List<Reason> reasons() {
		return this.type.reasons();
	}

	@Override
	public Policy newPolicy(LoadSheddingRule rule, PolicyContext context) {
		return this.type.newPolicy(rule, new PolicyContext(context.rule(), context.time(), context.random(),
				context.events(), context.states(), () -> this.cpu));
	}

}
