// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.route;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.governance.match.CallKey;
import io.governance.match.Match;
import io.governance.match.StringMatch;
import io.governance.policy.Enforcement;
import io.governance.rule.Rule;
import io.governance.schema.RuleField;
import io.governance.selection.Destination.OnEmpty;
import org.jspecify.annotations.Nullable;

/**
 * Says where calls go.
 *
 * @param match which calls it is for
 * @param enforcement what it may do
 * @param priority breaks ties between equally specific rules
 * @param to the destinations
 * @param stickyBy what keeps calls on one destination; chance decides where not set
 * @param onEmpty what to do where a destination has no instance; any by default
 * @param defaultSubset the instances that are called then
 * @param requestHeaders what becomes of the request's headers
 */
public record RouteRule(@RuleField("Which calls the rule is for.") Match match,
		@RuleField(value = "What the rule may do.", defaultValue = "ENFORCED") Enforcement enforcement,
		@RuleField(value = "Breaks ties between equally specific rules.", defaultValue = "0") int priority,
		@RuleField(value = "The destinations.", bounds = "1 to 100 of them", required = true) List<RouteTarget> to,
		@RuleField("What keeps calls on one destination: " + CallKey.SELECTION_EXPECTED
				+ ".") @Nullable CallKey stickyBy,
		@RuleField(
				value = "What to do where the destination has no instance: call any, fail, or call the default subset.",
				defaultValue = "any") OnEmpty onEmpty,
		@RuleField("Conditions on metadata, for on-empty: default.") Map<String, StringMatch> defaultSubset,
		@RuleField("What becomes of the request's headers.") RequestHeaders requestHeaders) implements Rule {

	/**
	 * Sets the defaults.
	 */
	public RouteRule {
		match = (match != null) ? match : Match.ANY;
		enforcement = (enforcement != null) ? enforcement : Enforcement.ENFORCED;
		to = (to != null) ? List.copyOf(to) : List.of();
		onEmpty = (onEmpty != null) ? onEmpty : OnEmpty.ANY;
		defaultSubset = (defaultSubset != null) ? Collections.unmodifiableMap(new TreeMap<>(defaultSubset)) : Map.of();
		requestHeaders = (requestHeaders != null) ? requestHeaders : new RequestHeaders(null, null);
	}

	boolean routesLike(RouteRule other) {
		return forAnyCall().equals(other.forAnyCall());
	}

	private RouteRule forAnyCall() {
		return new RouteRule(Match.ANY, Enforcement.ENFORCED, 0, this.to, this.stickyBy, this.onEmpty,
				this.defaultSubset, this.requestHeaders);
	}

}
