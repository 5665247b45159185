// SPDX-License-Identifier: Apache-2.0

package io.governance.binding;

/**
 * Something wrong with a property that defines rules.
 *
 * @param property the property's name
 * @param problem what is wrong: the value and what was expected
 * @param origin where the property was written, for people
 */
public record RuleFault(String property, String problem, String origin) {

	@Override
	public String toString() {
		return this.property + ": " + this.problem + " [" + this.origin + "]";
	}

}
