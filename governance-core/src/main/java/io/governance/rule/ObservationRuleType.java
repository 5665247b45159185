// SPDX-License-Identifier: Apache-2.0

package io.governance.rule;

import java.util.List;

import io.governance.observation.ObservationPolicy;
import io.governance.observation.TraceVerdict;

/**
 * A kind of rule that says how calls, or the process, are observed.
 *
 * @param <R> the rule record
 */
public non-sealed interface ObservationRuleType<R extends Rule> extends RuleType<R> {

	/**
	 * The verdicts that its policies give on traces.
	 * @return the verdicts; none by default
	 */
	default List<TraceVerdict> verdicts() {
		return List.of();
	}

	/**
	 * Makes a running policy.
	 * @param rule the rule, valid
	 * @param context what the policy works with
	 * @return the policy
	 */
	ObservationPolicy newPolicy(R rule, PolicyContext context);

	/**
	 * Makes the policy of a rule that replaces another one of the same id.
	 * @param running the policy of the rule that is replaced
	 * @param before the rule that is replaced
	 * @param rule the new rule, valid and different
	 * @param context what the policy works with
	 * @return a new policy, or the running one when its state is still right
	 */
	default ObservationPolicy inherit(ObservationPolicy running, R before, R rule, PolicyContext context) {
		return newPolicy(rule, context);
	}

}
