// SPDX-License-Identifier: Apache-2.0

package io.governance.test;

import io.governance.match.Match;
import io.governance.policy.Enforcement;
import io.governance.rule.Rule;

/**
 * A rule of {@link ProbeRuleType}.
 *
 * @param match which calls it is for
 * @param enforcement what it may do
 * @param priority breaks ties
 */
public record ProbeRule(Match match, Enforcement enforcement, int priority) implements Rule {

	/**
	 * A rule for every call.
	 * @return the rule
	 */
	public static ProbeRule any() {
		return new ProbeRule(Match.ANY, Enforcement.ENFORCED, 0);
	}

}
