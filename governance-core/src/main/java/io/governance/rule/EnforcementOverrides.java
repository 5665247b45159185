// SPDX-License-Identifier: Apache-2.0

package io.governance.rule;

import java.util.Map;

import io.governance.policy.Enforcement;

/**
 * The kill switches: they take power from rules, and never give any.
 *
 * @param all for every rule
 * @param byType for the rules of a type
 */
public record EnforcementOverrides(Enforcement all, Map<String, Enforcement> byType) {

	/** Nothing is switched off. */
	public static final EnforcementOverrides NONE = new EnforcementOverrides(Enforcement.ENFORCED, Map.of());

	/**
	 * Copies the map.
	 */
	public EnforcementOverrides {
		byType = Map.copyOf(byType);
	}

	/**
	 * What a rule may still do.
	 * @param type the rule's type
	 * @param own what the rule says itself
	 * @return the weakest of what the rule, its type's switch and the general switch say
	 */
	public Enforcement effective(String type, Enforcement own) {
		return own.weaker(this.all).weaker(this.byType.getOrDefault(type, Enforcement.ENFORCED));
	}

}
