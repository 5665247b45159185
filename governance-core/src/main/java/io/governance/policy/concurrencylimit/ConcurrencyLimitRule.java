// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.concurrencylimit;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.governance.match.CallKey;
import io.governance.match.Match;
import io.governance.match.OutcomeMatch;
import io.governance.policy.Enforcement;
import io.governance.policy.Outcome;
import io.governance.policy.Call.Priority;
import io.governance.rule.Rule;
import io.governance.schema.RuleField;

/**
 * Limits calls in flight, and finds the limit by how long they take.
 *
 * @param match which calls it is for
 * @param enforcement what it may do
 * @param priority breaks ties between equally specific rules
 * @param key what has a limit of its own; the called service by default
 * @param maxKeys how many keys are kept apart; 1,000 by default
 * @param initial the limit to begin with; 20 by default, within min and max
 * @param min the lowest limit; 10 by default
 * @param max the highest limit; 200 by default
 * @param smoothing how much of a new limit is taken over at once; 0.2 by default
 * @param queue how many calls more it tries, before smoothing; 4 by default
 * @param tolerance up to how many times the usual time is as usual; 1.5 by default
 * @param longWindow how many windows make the usual time; 600 by default
 * @param droppedOn what ending says that there were too many calls; timeout and
 * not-processed by default
 * @param dropShare the share of such endings that shrinks the limit, in percent; 5 by
 * default
 * @param shrinkOnDrop whether they shrink the limit at all; yes by default
 * @param growOnlyWhenSteady whether the limit grows only when calls take the usual time;
 * yes by default
 * @param shares what part of the limit each priority keeps when others fill it, by
 * {@link Priority#wireValue()}
 */
public record ConcurrencyLimitRule(@RuleField("Which calls the rule is for.") Match match,
		@RuleField(value = "What the rule may do.", defaultValue = "ENFORCED") Enforcement enforcement,
		@RuleField(value = "Breaks ties between equally specific rules.", defaultValue = "0") int priority,
		@RuleField(value = "What has a limit of its own: " + CallKey.EXPECTED + ".", defaultValue = "service",
				bounds = "all but principal") CallKey key,
		@RuleField(value = "How many keys are kept apart; further ones share one limit.", defaultValue = "1000",
				bounds = "1 to 100000") Integer maxKeys,
		@RuleField(value = "The limit to begin with.", defaultValue = "20", bounds = "min to max") Integer initial,
		@RuleField(value = "The lowest limit.", defaultValue = "10", bounds = "1 to 100000") Integer min,
		@RuleField(value = "The highest limit.", defaultValue = "200", bounds = "min to 100000") Integer max,
		@RuleField(value = "How much of a new limit is taken over at once.", defaultValue = "0.2",
				bounds = "0.01 to 1") Double smoothing,
		@RuleField(value = "By how many calls the limit grows, before smoothing.", defaultValue = "4",
				bounds = "1 to 1000") Integer queue,
		@RuleField(value = "Calls that take more than this many times the usual time shrink the limit.",
				defaultValue = "1.5", bounds = "1 to 10") Double tolerance,
		@RuleField(value = "How many windows (of 100ms to 1s) make the usual time.", defaultValue = "600",
				bounds = "10 to 100000") Integer longWindow,
		@RuleField(value = "What ending says that there were too many calls: " + OutcomeMatch.EXPECTED + ".",
				defaultValue = "timeout, not-processed") List<OutcomeMatch> droppedOn,
		@RuleField(value = "Share of such endings in a window that shrinks the limit, in percent; 0 for any.",
				defaultValue = "5", bounds = "0 to 100") Double dropShare,
		@RuleField(value = "Whether such endings shrink the limit.", defaultValue = "true") Boolean shrinkOnDrop,
		@RuleField(value = "Whether the limit grows only when calls take the usual time.",
				defaultValue = "true") Boolean growOnlyWhenSteady,
		@RuleField(
				value = "What part of the limit a priority (critical, default, sheddable) keeps when others fill it; one call at least.",
				defaultValue = "critical: 0.6, default: 0.4",
				bounds = "0 to 1, at most 1 in all") Map<String, Double> shares)
		implements
			Rule {

	private static final int INITIAL = 20;

	private static final int MIN = 10;

	private static final int MAX = 200;

	private static final List<OutcomeMatch> DROPS = List.of(new OutcomeMatch("timeout"),
			new OutcomeMatch("not-processed"));

	private static final Map<String, Double> SHARES = Map.of("critical", 0.6, "default", 0.4);

	/**
	 * Sets the defaults. Of the three limits those that are not set give way to those
	 * that are. The same shares must print the same in every process: revisions are made
	 * of it.
	 */
	public ConcurrencyLimitRule {
		match = (match != null) ? match : Match.ANY;
		enforcement = (enforcement != null) ? enforcement : Enforcement.ENFORCED;
		key = (key != null) ? key : new CallKey(CallKey.Source.SERVICE, null);
		maxKeys = (maxKeys != null) ? maxKeys : Integer.valueOf(1_000);
		int wanted = (initial != null) ? initial : INITIAL;
		max = (max != null) ? max : Integer.valueOf(Math.max(MAX, Math.max((min != null) ? min : MIN, wanted)));
		min = (min != null) ? min : Integer.valueOf(Math.max(1, Math.min(MIN, Math.min(max, wanted))));
		initial = (initial != null) ? initial : Integer.valueOf(Math.max(min, Math.min(max, INITIAL)));
		smoothing = (smoothing != null) ? smoothing : Double.valueOf(0.2);
		queue = (queue != null) ? queue : Integer.valueOf(4);
		tolerance = (tolerance != null) ? tolerance : Double.valueOf(1.5);
		longWindow = (longWindow != null) ? longWindow : Integer.valueOf(600);
		droppedOn = (droppedOn != null && !droppedOn.isEmpty()) ? List.copyOf(droppedOn) : DROPS;
		dropShare = (dropShare != null) ? dropShare : Double.valueOf(5);
		shrinkOnDrop = (shrinkOnDrop != null) ? shrinkOnDrop : Boolean.TRUE;
		growOnlyWhenSteady = (growOnlyWhenSteady != null) ? growOnlyWhenSteady : Boolean.TRUE;
		shares = sorted((shares != null && !shares.isEmpty()) ? shares : SHARES);
	}

	private static Map<String, Double> sorted(Map<String, Double> shares) {
		Map<String, Double> sorted = new TreeMap<>();
		shares.forEach((priority, share) -> {
			if (share != null) {
				sorted.put(priority.toLowerCase(Locale.ROOT), share);
			}
		});
		return Collections.unmodifiableMap(sorted);
	}

	/**
	 * Whether an ending says that there were too many calls.
	 */
	boolean isDrop(Outcome outcome) {
		return this.shrinkOnDrop && OutcomeMatch.any(this.droppedOn, outcome);
	}

	double share(Priority of) {
		return this.shares.getOrDefault(of.wireValue(), 0.0);
	}

	boolean keepsApartAs(ConcurrencyLimitRule other) {
		return this.key.equals(other.key) && this.maxKeys.equals(other.maxKeys);
	}

}
