// SPDX-License-Identifier: Apache-2.0

package io.governance.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.governance.schema.Violation;

/**
 * Conditions on named values, all of which must hold. Compiled once; immutable.
 */
public final class MetadataMatcher {

	private final String[] names;

	private final StringMatch.Test[] tests;

	/**
	 * Compiles conditions that were validated.
	 * @param conditions conditions by name; none holds for everything
	 */
	public MetadataMatcher(Map<String, StringMatch> conditions) {
		this.names = conditions.keySet().toArray(String[]::new);
		this.tests = conditions.values().stream().map(StringMatch::compile).toArray(StringMatch.Test[]::new);
	}

	/**
	 * Checks conditions.
	 * @param component the path of the component they are in
	 * @param conditions conditions by name
	 * @return what is wrong; empty when valid
	 */
	public static List<Violation> validate(String component, Map<String, StringMatch> conditions) {
		List<Violation> violations = new ArrayList<>();
		conditions.forEach((name, match) -> violations.addAll(match.validate(component + "." + name)));
		return violations;
	}

	/**
	 * Whether the conditions hold.
	 * @param values values by name
	 * @return whether all of them do
	 */
	public boolean matches(Map<String, String> values) {
		for (int i = 0; i < this.names.length; i++) {
			if (!this.tests[i].matches(values.get(this.names[i]))) {
				return false;
			}
		}
		return true;
	}

}
