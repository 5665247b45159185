// SPDX-License-Identifier: Apache-2.0

package io.governance.rule;

import java.util.List;

import io.governance.policy.Policy;
import io.governance.policy.Reason;

/**
 * A kind of rule that says whether a call may go.
 *
 * @param <R> the rule record
 */
public non-sealed interface AdmissionRuleType<R extends Rule> extends RuleType<R> {

	/**
	 * The reasons for which its policies reject.
	 * @return the reasons
	 */
	List<Reason> reasons();

	/**
	 * Makes a running policy.
	 * @param rule the rule, valid
	 * @param context what the policy works with
	 * @return the policy
	 */
	Policy newPolicy(R rule, PolicyContext context);

	/**
	 * Makes the policy of a rule that replaces another one of the same id. A rule that is
	 * equal to its predecessor keeps its policy without being asked.
	 * @param running the policy of the rule that is replaced
	 * @param before the rule that is replaced
	 * @param rule the new rule, valid and different
	 * @param context what the policy works with
	 * @return a new policy, or the running one when its state is still right
	 */
	default Policy inherit(Policy running, R before, R rule, PolicyContext context) {
		return newPolicy(rule, context);
	}

}
