// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.loadshedding;

import io.governance.match.Match;
import io.governance.policy.Enforcement;
import io.governance.rule.Rule;
import io.governance.schema.RuleField;

/**
 * Drops load that this process cannot carry.
 *
 * @param match which calls it is for
 * @param enforcement what it may do
 * @param priority breaks ties between equally specific rules
 * @param cpuThreshold the CPU load from which calls are dropped, in percent; 90 by
 * default
 * @param minLimit calls in flight up to which none is dropped; 10 by default
 */
public record LoadSheddingRule(@RuleField("Which calls the rule is for.") Match match,
		@RuleField(value = "What the rule may do.", defaultValue = "ENFORCED") Enforcement enforcement,
		@RuleField(value = "Breaks ties between equally specific rules.", defaultValue = "0") int priority,
		@RuleField(value = "The smoothed CPU load from which calls are dropped, in percent.", defaultValue = "90",
				bounds = "50 to 99") Integer cpuThreshold,
		@RuleField(value = "Calls in flight up to which none is dropped, however busy the CPU is.", defaultValue = "10",
				bounds = "1 to 100000") Integer minLimit)
		implements
			Rule {

	static final int CPU_THRESHOLD = 90;

	static final int MIN_LIMIT = 10;

	/**
	 * Sets the defaults.
	 */
	public LoadSheddingRule {
		match = (match != null) ? match : Match.ANY;
		enforcement = (enforcement != null) ? enforcement : Enforcement.ENFORCED;
		cpuThreshold = (cpuThreshold != null) ? cpuThreshold : Integer.valueOf(CPU_THRESHOLD);
		minLimit = (minLimit != null) ? minLimit : Integer.valueOf(MIN_LIMIT);
	}

}
