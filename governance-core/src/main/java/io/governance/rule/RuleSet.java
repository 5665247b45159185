// SPDX-License-Identifier: Apache-2.0

package io.governance.rule;

import java.util.List;

/**
 * A whole, valid set of rules: what is applied, or not, as one.
 *
 * @param revision what tells this set from others
 * @param rules the rules, built-in ones included
 * @param overrides the kill switches
 */
public record RuleSet(String revision, List<RuleDefinition<?>> rules, EnforcementOverrides overrides) {

	/** No rules at all. */
	public static final RuleSet EMPTY = new RuleSet("none", List.of(), EnforcementOverrides.NONE);

	/**
	 * Copies the list.
	 */
	public RuleSet {
		rules = List.copyOf(rules);
	}

}
