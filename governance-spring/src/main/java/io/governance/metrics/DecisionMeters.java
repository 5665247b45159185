// SPDX-License-Identifier: Apache-2.0

package io.governance.metrics;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

import io.governance.binding.LiveRules;
import io.governance.engine.DecisionCounter;
import io.governance.engine.PolicyEngine;
import io.governance.policy.Direction;
import io.governance.time.TimeSource;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Publishes the decisions of all rules as {@code governance.decisions}, with the tags
 * {@code rule.type}, {@code rule.id}, {@code decision}, {@code reason} and
 * {@code enforcement}: as many series as there are rules, whatever the calls are like.
 * The series of a rule go with it.
 */
public final class DecisionMeters implements MeterBinder {

	private final PolicyEngine engine;

	private final LiveRules rules;

	private final TimeSource time;

	/**
	 * Creates the binder.
	 * @param engine counts the decisions
	 * @param rules knows what was refused
	 * @param time the clock
	 */
	public DecisionMeters(PolicyEngine engine, LiveRules rules, TimeSource time) {
		this.engine = engine;
		this.rules = rules;
		this.time = time;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		GovernanceMeter.RULES.gauge(this.engine, (engine) -> engine.counters().size()).register(registry);
		GovernanceMeter.RULES_AGE.gauge(this.rules, this::ageSeconds).register(registry);
		GovernanceMeter.RULES_STALE.gauge(this.rules, (rules) -> rules.status().isRefused() ? 1 : 0).register(registry);
		GovernanceMeter.RULES_REFUSED.counter(this.rules, (rules) -> rules.status().refusals()).register(registry);
		for (Direction direction : Direction.values()) {
			GovernanceMeter.DEADLINE_EXCEEDED
				.counter(this.engine.deadlinesExceeded(direction), LongAdder::sum,
						direction.name().toLowerCase(Locale.ROOT))
				.register(registry);
		}
		BreakerStates breakers = new BreakerStates(this.engine, registry);
		this.engine.onChange(breakers::update);
		this.engine.onStateChange(breakers::update);
		breakers.update();
		Published published = new Published(registry);
		published.update(this.engine.counters());
		this.engine.onChange(() -> published.update(this.engine.counters()));
	}

	private double ageSeconds(LiveRules rules) {
		return Math.max(0, this.time.epochMillis() - rules.status().appliedAtMillis()) / 1000.0;
	}

	/**
	 * The meters in one registry.
	 */
	private static final class Published {

		private final MeterRegistry registry;

		private final Map<DecisionCounter, Set<Meter>> meters = new HashMap<>();

		Published(MeterRegistry registry) {
			this.registry = registry;
		}

		synchronized void update(List<DecisionCounter> counters) {
			Set<DecisionCounter> gone = new HashSet<>(this.meters.keySet());
			counters.forEach(gone::remove);
			gone.forEach(this::remove);
			counters.forEach((counter) -> this.meters.computeIfAbsent(counter, this::publish));
		}

		private void remove(DecisionCounter counter) {
			Set<Meter> published = this.meters.remove(counter);
			if (published != null) {
				published.forEach(this.registry::remove);
			}
		}

		private Set<Meter> publish(DecisionCounter counter) {
			Set<Meter> published = new HashSet<>();
			counter.counts().forEach((key, count) -> published.add(publish(counter, key, count)));
			return published;
		}

		private Meter publish(DecisionCounter counter, DecisionCounter.Key key, LongAdder count) {
			return GovernanceMeter.DECISIONS
				.counter(count, LongAdder::sum, counter.type(), counter.id(), key.decision(), key.reason(),
						counter.enforcement().name().toLowerCase(Locale.ROOT))
				.register(this.registry);
		}

	}

}
