// SPDX-License-Identifier: Apache-2.0

package io.governance.rule;

import io.governance.selection.SelectionPolicy;

/**
 * A kind of rule that says which instance takes a call.
 *
 * @param <R> the rule record
 */
public non-sealed interface SelectionRuleType<R extends Rule> extends RuleType<R> {

	/**
	 * Makes a running policy.
	 * @param rule the rule, valid
	 * @param context what the policy works with
	 * @return the policy
	 */
	SelectionPolicy newPolicy(R rule, PolicyContext context);

	/**
	 * Makes the policy of a rule that replaces another one of the same id.
	 * @param running the policy of the rule that is replaced
	 * @param before the rule that is replaced
	 * @param rule the new rule, valid and different
	 * @param context what the policy works with
	 * @return a new policy, or the running one when its state is still right
	 */
	default SelectionPolicy inherit(SelectionPolicy running, R before, R rule, PolicyContext context) {
		return newPolicy(rule, context);
	}

}
