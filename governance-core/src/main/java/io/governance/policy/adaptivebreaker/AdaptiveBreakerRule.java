// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.adaptivebreaker;

import java.time.Duration;
import java.util.List;

import io.governance.match.CallKey;
import io.governance.match.Match;
import io.governance.match.OutcomeMatch;
import io.governance.policy.Enforcement;
import io.governance.rule.Rule;
import io.governance.schema.RuleField;

/**
 * Holds back a share of the calls to a service that fails.
 *
 * @param match which calls it is for
 * @param enforcement what it may do
 * @param priority breaks ties between equally specific rules
 * @param key what is held back apart; the called service by default
 * @param maxKeys how many keys are kept apart; 1,000 by default
 * @param k how many calls per successful one pass; 1.5 by default
 * @param minK what {@code k} falls to as failures go on; 1.1 by default, or {@code k} if
 * that is less
 * @param protection how many calls pass beyond that; 5 by default
 * @param window how long is looked back; 10 s by default
 * @param countDrops whether calls that were held back count as calls; they do by default
 * @param failureOn what counts as a failure; connect, reset, timeout, error and 5xx by
 * default
 */
public record AdaptiveBreakerRule(@RuleField("Which calls the rule is for.") Match match,
		@RuleField(value = "What the rule may do.", defaultValue = "ENFORCED") Enforcement enforcement,
		@RuleField(value = "Breaks ties between equally specific rules.", defaultValue = "0") int priority,
		@RuleField(value = "What is held back apart: " + KEYS + ".", defaultValue = "service") CallKey key,
		@RuleField(value = "How many keys are kept apart; further ones are taken as one.", defaultValue = "1000",
				bounds = "1 to 100000") Integer maxKeys,
		@RuleField(value = "How many calls per successful one pass.", defaultValue = "1.5",
				bounds = "1 to 100") Double k,
		@RuleField(value = "What k falls to as failures go on; k itself where that is less.", defaultValue = "1.1",
				bounds = "1 to k") Double minK,
		@RuleField(value = "How many calls in the window pass beyond that.", defaultValue = "5",
				bounds = "0 to 1000000") Integer protection,
		@RuleField(value = "How long is looked back, in 40 steps.", defaultValue = "10s",
				bounds = "1s to 10m") Duration window,
		@RuleField(value = "Whether calls that were held back count as calls.",
				defaultValue = "true") Boolean countDrops,
		@RuleField(value = "What counts as a failure: " + OutcomeMatch.EXPECTED + ".",
				defaultValue = "connect, reset, timeout, error, 5xx") List<OutcomeMatch> failureOn)
		implements
			Rule {

	/** The keys that outbound calls have. */
	static final String KEYS = "service, operation, caller, header:NAME, query:NAME, label:NAME or, at the gateway, cookie:NAME";

	private static final double MIN_K = 1.1;

	private static final CallKey SERVICE = new CallKey(CallKey.Source.SERVICE, null);

	private static final List<OutcomeMatch> FAILURES = List.of(new OutcomeMatch("connect"), new OutcomeMatch("reset"),
			new OutcomeMatch("timeout"), new OutcomeMatch("error"), new OutcomeMatch("5xx"));

	/**
	 * Sets the defaults.
	 */
	public AdaptiveBreakerRule {
		match = (match != null) ? match : Match.ANY;
		enforcement = (enforcement != null) ? enforcement : Enforcement.ENFORCED;
		key = (key != null) ? key : SERVICE;
		maxKeys = (maxKeys != null) ? maxKeys : Integer.valueOf(1_000);
		k = (k != null) ? k : Double.valueOf(1.5);
		minK = (minK != null) ? minK : Double.valueOf(Math.min(MIN_K, k));
		protection = (protection != null) ? protection : Integer.valueOf(5);
		window = (window != null) ? window : Duration.ofSeconds(10);
		countDrops = (countDrops != null) ? countDrops : Boolean.TRUE;
		failureOn = (failureOn != null && !failureOn.isEmpty()) ? List.copyOf(failureOn) : FAILURES;
	}

	/**
	 * Whether what was counted under the other rule is right under this one.
	 */
	boolean countsAs(AdaptiveBreakerRule other) {
		return this.key.equals(other.key) && this.maxKeys.equals(other.maxKeys) && this.window.equals(other.window)
				&& this.failureOn.equals(other.failureOn);
	}

}
