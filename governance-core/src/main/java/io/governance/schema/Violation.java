// SPDX-License-Identifier: Apache-2.0

package io.governance.schema;

/**
 * Something wrong with a rule.
 *
 * @param component the path of the component below the rule, in written form, such as
 * {@code budget.ratio}
 * @param value the offending value
 * @param expected what was expected
 */
public record Violation(String component, String value, String expected) {

	@Override
	public String toString() {
		return this.component + ": " + this.value + " (expected: " + this.expected + ")";
	}

}
