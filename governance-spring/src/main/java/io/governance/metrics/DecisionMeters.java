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
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
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

	/** The name of the counter. */
	public static final String DECISIONS = "governance.decisions";

	private final PolicyEngine engine;

	private final LiveRules rules;

	/**
	 * Creates the binder.
	 * @param engine counts the decisions
	 * @param rules knows what was refused
	 */
	public DecisionMeters(PolicyEngine engine, LiveRules rules) {
		this.engine = engine;
		this.rules = rules;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("governance.rules", this.engine, (engine) -> engine.counters().size())
			.description("Rules in force")
			.register(registry);
		Gauge.builder("governance.rules.stale", this.rules, (rules) -> rules.status().isRefused() ? 1 : 0)
			.description("1 while the newest rules are refused and older ones in force")
			.register(registry);
		FunctionCounter.builder("governance.rules.refused", this.rules, (rules) -> rules.status().refusals())
			.description("Rule sets refused since the start")
			.register(registry);
		Published published = new Published(registry);
		published.update(this.engine.counters());
		this.engine.onChange(() -> published.update(this.engine.counters()));
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
			return FunctionCounter.builder(DECISIONS, count, LongAdder::sum)
				.description("Decisions by rule")
				.tag("rule.type", counter.type())
				.tag("rule.id", counter.id())
				.tag("decision", key.decision())
				.tag("reason", key.reason())
				.tag("enforcement", counter.enforcement().name().toLowerCase(Locale.ROOT))
				.register(this.registry);
		}

	}

}
