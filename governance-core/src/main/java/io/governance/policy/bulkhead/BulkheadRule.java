// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.bulkhead;

import java.time.Duration;

import io.governance.match.CallKey;
import io.governance.match.Match;
import io.governance.policy.Enforcement;
import io.governance.rule.Rule;
import io.governance.schema.RuleField;

/**
 * Limits the calls that are under way at a time.
 *
 * @param match which calls it is for
 * @param enforcement what it may do
 * @param priority order among equals; all matching bulkheads apply
 * @param key what is kept apart; the called service by default
 * @param maxConcurrentCalls calls under way at a time; 25 by default
 * @param maxWaiting calls that may wait for others to end; none by default
 * @param maxWait how long a call waits at most; to be set where calls may wait
 * @param maxKeys how many keys are kept apart; 1,000 by default
 */
public record BulkheadRule(@RuleField("Which calls the rule is for.") Match match,
		@RuleField(value = "What the rule may do.", defaultValue = "ENFORCED") Enforcement enforcement,
		@RuleField(value = "Order among equals.", defaultValue = "0") int priority,
		@RuleField(value = "What is limited apart: " + CallKey.EXPECTED + ".", defaultValue = "service") CallKey key,
		@RuleField(value = "Calls under way at a time.", defaultValue = "25",
				bounds = "1 to 1000000") Integer maxConcurrentCalls,
		@RuleField(value = "Calls that may wait for others to end.", defaultValue = "0",
				bounds = "0 to 100000") Integer maxWaiting,
		@RuleField(value = "How long a call waits at most; to be set where calls may wait.", defaultValue = "0s",
				bounds = "1ms to 1h") Duration maxWait,
		@RuleField(value = "How many keys are kept apart; further ones share one limit.", defaultValue = "1000",
				bounds = "1 to 100000") Integer maxKeys)
		implements
			Rule {

	private static final CallKey SERVICE = new CallKey(CallKey.Source.SERVICE, null);

	/**
	 * Sets the defaults.
	 */
	public BulkheadRule {
		match = (match != null) ? match : Match.ANY;
		enforcement = (enforcement != null) ? enforcement : Enforcement.ENFORCED;
		key = (key != null) ? key : SERVICE;
		maxConcurrentCalls = (maxConcurrentCalls != null) ? maxConcurrentCalls : Integer.valueOf(25);
		maxWaiting = (maxWaiting != null) ? maxWaiting : Integer.valueOf(0);
		maxWait = (maxWait != null) ? maxWait : Duration.ZERO;
		maxKeys = (maxKeys != null) ? maxKeys : Integer.valueOf(1_000);
	}

	boolean keepsApartAs(BulkheadRule other) {
		return this.key.equals(other.key) && this.maxKeys.equals(other.maxKeys);
	}

	boolean hasSameLimitsAs(BulkheadRule other) {
		return this.maxConcurrentCalls.equals(other.maxConcurrentCalls) && this.maxWaiting.equals(other.maxWaiting)
				&& this.maxWait.equals(other.maxWait);
	}

}
