// SPDX-License-Identifier: Apache-2.0

package io.governance.binding;

import java.util.List;
import java.util.Objects;

import io.governance.rule.RuleSet;
import org.jspecify.annotations.Nullable;

/**
 * What came of binding a whole rule set: the set, or all that is wrong with it.
 *
 * @param ruleSet the set; {@code null} when there are faults
 * @param faults what is wrong; empty when there is a set
 */
public record RuleBinding(@Nullable RuleSet ruleSet, List<RuleFault> faults) {

	/**
	 * Copies the list.
	 */
	public RuleBinding {
		faults = List.copyOf(faults);
		if ((ruleSet == null) == faults.isEmpty()) {
			throw new IllegalArgumentException("binding: expected either a rule set or faults");
		}
	}

	/**
	 * Whether there is a set.
	 * @return whether nothing is wrong
	 */
	public boolean isValid() {
		return this.ruleSet != null;
	}

	/**
	 * The set of a valid binding.
	 * @return the rule set
	 */
	public RuleSet requireRuleSet() {
		return Objects.requireNonNull(this.ruleSet, "a valid binding");
	}

}
