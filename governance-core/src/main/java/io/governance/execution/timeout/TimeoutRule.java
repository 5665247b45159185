// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.timeout;

import java.time.Duration;

import io.governance.match.Match;
import io.governance.policy.Enforcement;
import io.governance.rule.Rule;
import io.governance.schema.RuleField;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the time of a call.
 *
 * @param match which calls it is for
 * @param enforcement what it may do
 * @param priority breaks ties between equally specific rules
 * @param total for the whole call up to the head of the response, all attempts included
 * @param perTry for one attempt
 * @param connect to make a connection
 */
public record TimeoutRule(@RuleField("Which calls the rule is for.") Match match,
		@RuleField(value = "What the rule may do.", defaultValue = "ENFORCED") Enforcement enforcement,
		@RuleField(value = "Breaks ties between equally specific rules.", defaultValue = "0") int priority,
		@RuleField(value = "For the whole call up to the head of the response, all attempts included.",
				bounds = "1ms to 1h") @Nullable Duration total,
		@RuleField(value = "For one attempt.", bounds = "1ms to the total") @Nullable Duration perTry,
		@RuleField(value = "To make a connection.", bounds = "1ms to 1h") @Nullable Duration connect) implements Rule {

	/**
	 * Sets the defaults.
	 */
	public TimeoutRule {
		match = (match != null) ? match : Match.ANY;
		enforcement = (enforcement != null) ? enforcement : Enforcement.ENFORCED;
	}

}
