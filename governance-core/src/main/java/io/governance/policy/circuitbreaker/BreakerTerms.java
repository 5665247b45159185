// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.circuitbreaker;

import java.util.concurrent.atomic.LongAdder;

import io.governance.match.CallKey;
import io.governance.rule.PolicyContext;
import io.governance.rule.StateDisplay;
import io.governance.time.TimeSource;

/**
 * What all breakers of a rule share.
 *
 * @param rule the rule
 * @param context what its policy works with
 * @param opened counts openings
 * @param states where states are shown: only those of services, since every state becomes
 * a time series
 */
record BreakerTerms(CircuitBreakerRule rule, PolicyContext context, LongAdder opened, StateDisplay states) {

	static BreakerTerms of(CircuitBreakerRule rule, PolicyContext context) {
		boolean byService = rule.key().source() == CallKey.Source.SERVICE;
		return new BreakerTerms(rule, context, context.events().apply(CircuitBreakerRuleType.OPENED),
				byService ? context.states() : StateDisplay.NONE);
	}

	String name() {
		return this.context.rule();
	}

	TimeSource time() {
		return this.context.time();
	}

}
