// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.Direction;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Segment;
import io.governance.rule.EnforcementOverrides;
import io.governance.rule.RuleDefinition;
import io.governance.rule.RuleSet;
import io.governance.time.ManualTimeSource;

/**
 * An engine with the calls that are under way in it.
 */
final class ExplainedEngine {

	private static final Set<Segment> ALL = EnumSet.allOf(Segment.class);

	final ManualTimeSource time = new ManualTimeSource();

	final ScriptedChance chance;

	final List<Permit> underWay = new ArrayList<>();

	private final List<CompletableFuture<Decision>> waiting = new ArrayList<>();

	private double load;

	private final PolicyEngine engine;

	ExplainedEngine(long seed) {
		this.chance = new ScriptedChance(seed);
		this.engine = new PolicyEngine("orders", this.time, this.chance, () -> this.load);
	}

	void apply(List<RuleDefinition<?>> rules) {
		apply(EnforcementOverrides.NONE, rules);
	}

	void apply(EnforcementOverrides overrides, List<RuleDefinition<?>> rules) {
		this.engine.apply(new RuleSet("r", rules, overrides));
	}

	void pass(long millis, double cpu) {
		this.time.advance(Duration.ofMillis(millis));
		this.load = cpu;
	}

	Explanation explain(Call call) {
		return this.engine.explain(call, ALL);
	}

	/**
	 * Makes the call, through all segments, as far as it gets.
	 */
	Decision call(Call call) {
		List<Permit> permits = new ArrayList<>();
		long waitNanos = 0;
		for (Segment segment : (call.direction() == Direction.INBOUND) ? List.of(Segment.EDGE, Segment.IDENTIFIED)
				: List.of(Segment.CALL, Segment.ATTEMPT)) {
			Decision decision = this.engine.tryAcquire(segment, call);
			if (decision instanceof Decision.Rejected) {
				permits.forEach((permit) -> permit.release(Outcome.failure(Outcome.Kind.REJECTED, null, 0)));
				return decision;
			}
			if (decision instanceof Decision.Pending pending) {
				this.waiting.add(pending.stage().toCompletableFuture());
				this.underWay.addAll(permits);
				return decision;
			}
			permits.add(permit(decision));
			waitNanos = Math.max(waitNanos, (decision instanceof Decision.Delayed delayed) ? delayed.waitNanos() : 0);
		}
		this.underWay.addAll(permits);
		return (waitNanos > 0) ? new Decision.Delayed(Permit.NONE, waitNanos) : Decision.ADMITTED;
	}

	List<Permit> takeUnderWay() {
		List<Permit> taken = List.copyOf(this.underWay);
		this.underWay.clear();
		return taken;
	}

	private static Permit permit(Decision decision) {
		return (decision instanceof Decision.Delayed delayed) ? delayed.permit()
				: ((Decision.Admitted) decision).permit();
	}

	/**
	 * Takes over what those who wait were given, and has some give up.
	 */
	void settle(boolean giveUp) {
		for (Iterator<CompletableFuture<Decision>> all = this.waiting.iterator(); all.hasNext();) {
			CompletableFuture<Decision> one = all.next();
			if (one.isDone()) {
				all.remove();
				if (!(one.join() instanceof Decision.Rejected)) {
					this.underWay.add(permit(one.join()));
				}
			}
			else if (giveUp) {
				one.cancel(false);
				all.remove();
			}
		}
	}

	Map<String, Long> counts() {
		Map<String, Long> counts = new TreeMap<>();
		for (DecisionCounter counter : this.engine.counters()) {
			counter.counts()
				.forEach((key, count) -> counts.put(counter.type() + "/" + counter.id() + " " + key, count.sum()));
		}
		return counts;
	}

	long rejectedBy(String rule) {
		return counts().entrySet()
			.stream()
			.filter((count) -> count.getKey().startsWith(rule + " Key[decision=rejected"))
			.mapToLong(Map.Entry::getValue)
			.sum();
	}

	List<String> states() {
		return this.engine.effectiveRules()
			.stream()
			.sorted(Comparator.comparing(EffectiveRule::type).thenComparing(EffectiveRule::id))
			.map((rule) -> rule.type() + "/" + rule.id() + " " + rule.state())
			.toList();
	}

}
