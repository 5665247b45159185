// SPDX-License-Identifier: Apache-2.0

package io.governance.observation.sampling;

import io.governance.match.Match;
import io.governance.policy.Enforcement;
import io.governance.rule.Rule;
import io.governance.schema.RuleField;
import org.jspecify.annotations.Nullable;

/**
 * Says which traces are recorded.
 *
 * @param match which calls it is for
 * @param enforcement what it may do
 * @param priority breaks ties between equally specific rules
 * @param ratio the share of new traces that is recorded; Spring Boot's property when not
 * set
 * @param perSecond how many new traces are recorded per second in this process, at most;
 * 1,000 by default
 * @param parent what becomes of a trusted caller's decision; honoured by default
 * @param errors a higher ratio while many of the matching calls fail; none when not set
 * @param debugHeader the header with which a trusted caller has a call recorded in any
 * case; none when not set
 */
public record SamplingRule(@RuleField("Which calls the rule is for.") Match match,
		@RuleField(value = "What the rule may do.", defaultValue = "ENFORCED") Enforcement enforcement,
		@RuleField(value = "Breaks ties between equally specific rules.", defaultValue = "0") int priority,
		@RuleField(
				value = "Share of new traces that is recorded; management.tracing.sampling.probability when not set.",
				bounds = "0 to 1") @Nullable Double ratio,
		@RuleField(value = "New traces recorded per second in each process, at most.", defaultValue = "1000",
				bounds = "1 to 1000000") Integer perSecond,
		@RuleField(value = "What becomes of a trusted caller's decision.", defaultValue = "honour") Parent parent,
		@RuleField("A higher ratio while many of the matching calls fail.") @Nullable ErrorRaise errors,
		@RuleField("Header with which a trusted caller has a call recorded, whatever ratio and cap say.") @Nullable String debugHeader)
		implements
			Rule {

	/** What becomes of a trusted caller's decision. */
	public enum Parent {

		/** It holds, so that traces stay whole. */
		HONOUR,

		/** This process decides anew; the trace keeps its id. */
		IGNORE

	}

	/**
	 * Sets the defaults.
	 */
	public SamplingRule {
		match = (match != null) ? match : Match.ANY;
		enforcement = (enforcement != null) ? enforcement : Enforcement.ENFORCED;
		perSecond = (perSecond != null) ? perSecond : Integer.valueOf(1_000);
		parent = (parent != null) ? parent : Parent.HONOUR;
	}

}
