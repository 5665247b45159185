// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.route;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import io.governance.match.StringMatch;
import io.governance.schema.RuleField;
import org.jspecify.annotations.Nullable;

/**
 * Instances that calls may go to.
 *
 * @param subset conditions on the instances' metadata; none are all instances
 * @param weight the share of calls, relative to the sum of all weights; 1 by default
 */
public record RouteTarget(
		@RuleField("Conditions on the instances' metadata; none are all instances.") Map<String, StringMatch> subset,
		@RuleField(value = "Share of the calls, relative to the sum of all weights.", defaultValue = "1",
				bounds = "0 to 1000000") Integer weight) {

	/**
	 * Sets the defaults.
	 * @param subset conditions on metadata
	 * @param weight the share of calls
	 */
	public RouteTarget(@Nullable Map<String, StringMatch> subset, @Nullable Integer weight) {
		// in an order that is the same in every process: revisions are made of it
		this.subset = (subset != null) ? Collections.unmodifiableMap(new TreeMap<>(subset)) : Map.of();
		this.weight = (weight != null) ? weight : Integer.valueOf(1);
	}

}
