// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.loadbalancing;

import io.governance.match.CallKey;
import io.governance.match.Match;
import io.governance.policy.Enforcement;
import io.governance.rule.Rule;
import io.governance.schema.RuleField;
import org.jspecify.annotations.Nullable;

/**
 * Says how one of many instances is chosen.
 *
 * @param match which service it is for
 * @param enforcement what it may do
 * @param priority breaks ties between equally specific rules
 * @param algorithm how; peak-ewma by default
 * @param hashKey what keeps calls on one instance, for ring-hash
 * @param choiceCount how many instances are compared, for least-request; 2 by default
 * @param slowStart less weight for young instances
 * @param zone preference of zones
 */
public record LoadBalancingRule(@RuleField("Which service the rule is for.") Match match,
		@RuleField(value = "What the rule may do.", defaultValue = "ENFORCED") Enforcement enforcement,
		@RuleField(value = "Breaks ties between equally specific rules.", defaultValue = "0") int priority,
		@RuleField(value = "How an instance is chosen.", defaultValue = "peak-ewma") Algorithm algorithm,
		@RuleField("What keeps calls on one instance, for ring-hash: " + CallKey.SELECTION_EXPECTED
				+ ".") @Nullable CallKey hashKey,
		@RuleField(value = "How many instances are compared, for least-request.", defaultValue = "2",
				bounds = "2 to 10") Integer choiceCount,
		@RuleField("Less weight for young instances; not with ring-hash.") SlowStart slowStart,
		@RuleField("Preference of zones; not with ring-hash.") Zones zone) implements Rule {

	/** How an instance is chosen. */
	public enum Algorithm {

		/** In turn. */
		ROUND_ROBIN,

		/** By chance. */
		RANDOM,

		/** Of a few drawn by chance, the one with the fewest attempts under way. */
		LEAST_REQUEST,

		/** Of two drawn by chance, the one that will probably answer first. */
		PEAK_EWMA,

		/** Calls of one key to one instance. */
		RING_HASH

	}

	/**
	 * Sets the defaults.
	 */
	public LoadBalancingRule {
		match = (match != null) ? match : Match.ANY;
		enforcement = (enforcement != null) ? enforcement : Enforcement.ENFORCED;
		algorithm = (algorithm != null) ? algorithm : Algorithm.PEAK_EWMA;
		choiceCount = (choiceCount != null) ? choiceCount : Integer.valueOf(2);
		slowStart = (slowStart != null) ? slowStart : new SlowStart(null, null, null);
		zone = (zone != null) ? zone : new Zones(null, null);
	}

	boolean balancesLike(LoadBalancingRule other) {
		return forAnyService().equals(other.forAnyService());
	}

	private LoadBalancingRule forAnyService() {
		return new LoadBalancingRule(Match.ANY, Enforcement.ENFORCED, 0, this.algorithm, this.hashKey, this.choiceCount,
				this.slowStart, this.zone);
	}

}
