// SPDX-License-Identifier: Apache-2.0

package io.governance.rule;

/**
 * A rule with its name and where it came from.
 *
 * @param type its type
 * @param id its id, unique within the type
 * @param rule the rule
 * @param origin where it was written, for people: file and line, release, or
 * {@value #BUILT_IN}
 * @param <R> the rule record
 */
public record RuleDefinition<R extends Rule>(RuleType<R> type, String id, R rule, String origin) {

	/** The origin of rules that nobody wrote. */
	public static final String BUILT_IN = "built-in";

	/**
	 * The name of the rule in meters, logs and problem bodies.
	 * @return {@code type/id}
	 */
	public String key() {
		return this.type.name() + "/" + this.id;
	}

	/**
	 * Whether nobody wrote the rule.
	 * @return whether it is a default
	 */
	public boolean isBuiltIn() {
		return BUILT_IN.equals(this.origin);
	}

}
