// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.mirror;

import io.governance.match.Match;
import io.governance.policy.Enforcement;
import io.governance.rule.Rule;
import io.governance.schema.RuleField;

/**
 * Sends copies of calls.
 *
 * @param match which calls it is for
 * @param enforcement what it may do
 * @param priority listed order among equals; all matching rules apply
 * @param to where copies go
 * @param percent the share of calls that are copied; 100 by default
 * @param maxBodyBytes the largest body that is copied; 65,536 by default
 * @param maxInFlight how many copies are under way at once, at most; 50 by default
 */
public record MirrorRule(@RuleField("Which calls the rule is for.") Match match,
		@RuleField(value = "What the rule may do.", defaultValue = "ENFORCED") Enforcement enforcement,
		@RuleField(value = "Order among equals.", defaultValue = "0") int priority,
		@RuleField(value = "Where copies go: another service, a subset, or both.") MirrorTarget to,
		@RuleField(value = "Share of the calls that are copied, in percent.", defaultValue = "100",
				bounds = "0 to 100") Double percent,
		@RuleField(value = "The largest body that is copied, in bytes; calls with a larger one are not copied.",
				defaultValue = "65536", bounds = "0 to 16777216") Long maxBodyBytes,
		@RuleField(value = "Copies under way at once in each process, at most.", defaultValue = "50",
				bounds = "1 to 10000") Integer maxInFlight)
		implements
			Rule {

	/**
	 * Sets the defaults.
	 */
	public MirrorRule {
		match = (match != null) ? match : Match.ANY;
		enforcement = (enforcement != null) ? enforcement : Enforcement.ENFORCED;
		to = (to != null) ? to : new MirrorTarget(null, null);
		percent = (percent != null) ? percent : Double.valueOf(100);
		maxBodyBytes = (maxBodyBytes != null) ? maxBodyBytes : Long.valueOf(65_536);
		maxInFlight = (maxInFlight != null) ? maxInFlight : Integer.valueOf(50);
	}

	boolean copiesLike(MirrorRule other) {
		return this.to.equals(other.to) && this.percent.equals(other.percent)
				&& this.maxBodyBytes.equals(other.maxBodyBytes) && this.maxInFlight.equals(other.maxInFlight);
	}

}
