// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.List;

import io.governance.policy.Enforcement;
import io.governance.policy.Policy.Forecast;
import io.governance.policy.Stage;
import org.jspecify.annotations.Nullable;

/**
 * What would happen to a call, and why. Made without effect; holds for the moment.
 *
 * @param revision the rule set in force
 * @param outcome what the enforced rules together would decide; its {@code share} is that
 * of the calls that chance rejects before
 * @param steps the rules that apply, in the order of the chain
 * @param others rules for the same service and side that do not apply; at most
 * {@value #MOST_OTHERS}
 */
public record Explanation(String revision, Forecast outcome, List<Step> steps, List<Other> others) {

	/** How many rules are named that do not apply. */
	public static final int MOST_OTHERS = 100;

	/**
	 * Copies the lists.
	 */
	public Explanation {
		steps = List.copyOf(steps);
		others = List.copyOf(others);
	}

	/**
	 * A rule that applies to the call.
	 *
	 * @param rule its name, as {@code type/id}
	 * @param origin where it was written
	 * @param stage where in the chain it acts
	 * @param enforcement what it may do: what a rule in {@link Enforcement#SHADOW} says
	 * is what it would do
	 * @param reached whether the call gets there: not behind a rule that rejects it
	 * @param forecast what it would decide; {@code null} for rules that decide nothing,
	 * and for policies that fail, which let calls go
	 * @param state its state as far as this call is concerned, or what it does with it
	 */
	public record Step(String rule, String origin, Stage stage, Enforcement enforcement, boolean reached,
			@Nullable Forecast forecast, String state) {
	}

	/**
	 * A rule that does not apply to the call.
	 *
	 * @param rule its name, as {@code type/id}
	 * @param why why not
	 */
	public record Other(String rule, String why) {
	}

}
