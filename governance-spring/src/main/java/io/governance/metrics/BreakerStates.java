// SPDX-License-Identifier: Apache-2.0

package io.governance.metrics;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.governance.engine.PolicyEngine;
import io.governance.engine.RuleState;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The states of circuit breakers in one registry: series come with the first call to a
 * service and go with the rule.
 */
final class BreakerStates {

	private static final String TYPE = "circuit-breaker";

	private static final List<String> STATES = List.of("closed", "open", "half-open");

	private final PolicyEngine engine;

	private final MeterRegistry registry;

	private final Map<Key, List<Meter>> meters = new HashMap<>();

	BreakerStates(PolicyEngine engine, MeterRegistry registry) {
		this.engine = engine;
		this.registry = registry;
	}

	synchronized void update() {
		Set<Key> present = new HashSet<>();
		for (RuleState state : this.engine.states()) {
			if (state.type().equals(TYPE)) {
				state.byService().keySet().forEach((service) -> present.add(new Key(state, service)));
			}
		}
		Set<Key> gone = new HashSet<>(this.meters.keySet());
		gone.removeAll(present);
		gone.forEach(this::remove);
		present.forEach((key) -> this.meters.computeIfAbsent(key, this::publish));
	}

	private void remove(Key key) {
		List<Meter> published = this.meters.remove(key);
		if (published != null) {
			published.forEach(this.registry::remove);
		}
	}

	private List<Meter> publish(Key key) {
		return STATES.stream()
			.<Meter>map((name) -> GovernanceMeter.CIRCUIT_BREAKER_STATE
				.gauge(key.state(), (state) -> state.is(key.service(), name) ? 1 : 0, key.state().id(), key.service(),
						name)
				.register(this.registry))
			.toList();
	}

	/**
	 * A breaker. States are compared by identity: the state of a rule that was replaced
	 * is another one.
	 */
	private record Key(RuleState state, String service) {

	}

}
