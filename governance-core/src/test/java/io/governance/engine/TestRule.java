// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import io.governance.match.Match;
import io.governance.policy.Enforcement;
import io.governance.rule.Rule;

/**
 * A rule whose policy does what its text says.
 */
record TestRule(Match match, Enforcement enforcement, int priority, String text) implements Rule {

	static TestRule of(String text) {
		return new TestRule(Match.ANY, Enforcement.ENFORCED, 0, text);
	}

	TestRule match(Match other) {
		return new TestRule(other, this.enforcement, this.priority, this.text);
	}

	TestRule path(String path) {
		return match(Matches.path(path));
	}

	TestRule shadow() {
		return enforcement(Enforcement.SHADOW);
	}

	TestRule enforcement(Enforcement other) {
		return new TestRule(this.match, other, this.priority, this.text);
	}

	TestRule priority(int other) {
		return new TestRule(this.match, this.enforcement, other, this.text);
	}

}
