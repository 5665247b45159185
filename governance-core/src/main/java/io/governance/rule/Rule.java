// SPDX-License-Identifier: Apache-2.0

package io.governance.rule;

import io.governance.match.Match;
import io.governance.policy.Enforcement;

/**
 * A rule, as an operator writes it: a record whose components are what can be written.
 * Rule records do not throw: an absent component takes its default in the compact
 * constructor, and {@link RuleType#validate} says what is wrong.
 */
public interface Rule {

	/**
	 * Which calls the rule is for.
	 * @return the match; {@link Match#ANY} by default
	 */
	Match match();

	/**
	 * What the rule may do.
	 * @return the enforcement; {@link Enforcement#ENFORCED} by default
	 */
	Enforcement enforcement();

	/**
	 * Breaks ties between rules that are equally specific: the higher one wins.
	 * @return the priority; 0 by default
	 */
	int priority();

}
