// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.governance.engine.Explanation.Other;
import io.governance.engine.Explanation.Step;
import io.governance.execution.ExecutionPolicy;
import io.governance.match.PathTrie;
import io.governance.observation.ObservationPolicy;
import io.governance.policy.Call;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.Policy;
import io.governance.policy.Policy.Forecast;
import io.governance.policy.Rejection;
import io.governance.policy.Segment;
import io.governance.selection.SelectionPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Walks the rules that match a call as the adapters would have them asked, and asks none
 * of them for a decision.
 */
final class CallExplainer {

	private final CompiledRules rules;

	private final Call call;

	private final Set<Segment> segments;

	private final Set<CompiledRule> applying;

	CallExplainer(CompiledRules rules, Call call, Set<Segment> segments) {
		this.rules = rules;
		this.call = call;
		this.segments = segments;
		this.applying = new HashSet<>(applying().filter(this::isRunHere).toList());
	}

	/**
	 * Found as for a call that is made.
	 */
	private Stream<CompiledRule> applying() {
		List<CompiledRule[]> found = new ArrayList<>();
		for (Segment segment : this.segments) {
			if (segment.direction() == this.call.direction()) {
				found.add(this.rules.admission(segment).find(this.call));
			}
		}
		found.add(this.rules.execution(this.call.direction()).find(this.call));
		if (this.call.direction() == Direction.INBOUND) {
			found.add(this.rules.traces().find(this.call));
		}
		else {
			found.add(this.rules.selections().find(this.call));
			found.add(this.rules.ofService(this.call.service()));
		}
		return found.stream().flatMap(Arrays::stream);
	}

	private boolean isRunHere(CompiledRule rule) {
		return this.segments.contains(rule.stage().segment());
	}

	Explanation explain() {
		List<Step> steps = new ArrayList<>();
		ForecastSum sum = new ForecastSum();
		this.applying.stream().sorted(CompiledRule.ORDER).forEach((rule) -> {
			Step step = step(rule, !sum.isRejected());
			if (step.forecast() != null && !rule.isShadow()) {
				sum.add(step.forecast());
			}
			steps.add(step);
		});
		return new Explanation(this.rules.revision(), sum.outcome(), steps, others());
	}

	private Step step(CompiledRule rule, boolean reached) {
		Forecast forecast = null;
		String state;
		try {
			forecast = (rule.policy() instanceof Policy policy) ? named(rule, policy.foresee(this.call)) : null;
			state = (forecast != null) ? forecast.state() : describe(rule.policy());
		}
		catch (RuntimeException ex) {
			state = "policy failed: " + ex.getClass().getSimpleName();
		}
		return new Step(rule.definition().key(), rule.definition().origin(), rule.stage(),
				rule.isShadow() ? Enforcement.SHADOW : Enforcement.ENFORCED, reached, forecast, state);
	}

	private static Forecast named(CompiledRule rule, Forecast forecast) {
		Rejection rejection = forecast.rejection();
		return (rejection == null) ? forecast : new Forecast(forecast.verdict(), ChainRun.named(rule, rejection),
				forecast.share(), forecast.waitNanos(), forecast.state());
	}

	private String describe(Object policy) {
		if (policy instanceof ExecutionPolicy execution) {
			return execution.describe(this.call);
		}
		return (policy instanceof SelectionPolicy selection) ? selection.describe(this.call)
				: ((ObservationPolicy) policy).state();
	}

	private List<Other> others() {
		return this.rules.rules()
			.stream()
			.filter((rule) -> !this.applying.contains(rule) && isOfThisHop(rule))
			.sorted(CompiledRule.ORDER)
			.limit(Explanation.MOST_OTHERS)
			.map((rule) -> new Other(rule.definition().key(), why(rule)))
			.toList();
	}

	private boolean isOfThisHop(CompiledRule rule) {
		String service = rule.rule().match().service();
		return rule.stage().segment() != Segment.PROCESS && rule.direction() == this.call.direction()
				&& (service == null || service.equals(this.call.service()));
	}

	private String why(CompiledRule rule) {
		if (rule.isOff()) {
			return (rule.rule().enforcement() == Enforcement.OFF) ? "off" : "off by governance.enforcement";
		}
		if (!isRunHere(rule)) {
			return "not enforced here: no adapter for this side";
		}
		String mismatch = mismatch(rule);
		return (mismatch != null) ? mismatch + " does not hold"
				: "another " + rule.definition().type().name() + " rule applies";
	}

	private @Nullable String mismatch(CompiledRule rule) {
		boolean onPath = PathTrie.builder().add(rule.path(), 0).build().find(this.call.path()).length > 0;
		return onPath ? rule.matcher().mismatch(this.call) : "match.path";
	}

	/**
	 * What enforced rules decide together, as a walk along the chain would.
	 */
	private static final class ForecastSum {

		private @Nullable Forecast waiting;

		private @Nullable Forecast rejecting;

		private @Nullable Forecast chance;

		private double passing = 1;

		private long waitNanos;

		void add(Forecast forecast) {
			if (isRejected()) {
				return;
			}
			switch (forecast.verdict()) {
				case ADMIT -> {
					// goes on
				}
				case DELAY -> this.waitNanos = Math.max(this.waitNanos, forecast.waitNanos());
				case QUEUE -> this.waiting = Objects.requireNonNullElse(this.waiting, forecast);
				case CHANCE -> {
					this.chance = Objects.requireNonNullElse(this.chance, forecast);
					this.passing *= 1 - forecast.share();
				}
				case REJECT -> this.rejecting = forecast;
			}
		}

		boolean isRejected() {
			return this.rejecting != null;
		}

		/**
		 * A call that waits for others is decided on no further before they end.
		 */
		Forecast outcome() {
			Forecast first = (this.waiting != null) ? this.waiting : this.rejecting;
			first = (first != null) ? first : this.chance;
			if (first == null) {
				return (this.waitNanos > 0) ? Forecast.delay(this.waitNanos, "") : Forecast.admit("");
			}
			return new Forecast(first.verdict(), first.rejection(), 1 - this.passing,
					Math.max(this.waitNanos, first.waitNanos()), "");
		}

	}

}
