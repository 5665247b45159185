// SPDX-License-Identifier: Apache-2.0

package io.governance.metrics;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.governance.engine.PolicyEngine;
import io.governance.engine.RuleState;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The states of breakers in one registry: series come with the first call to a service
 * and go with the rule.
 */
final class BreakerStates {

	private static final Map<String, Kind> KINDS = Map.of("adaptive-breaker",
			new Kind(GovernanceMeter.ADAPTIVE_BREAKER_STATE, List.of("passing", "throttling")), "circuit-breaker",
			new Kind(GovernanceMeter.CIRCUIT_BREAKER_STATE, List.of("closed", "open", "half-open")));

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
			if (KINDS.containsKey(state.type())) {
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
		Kind kind = Objects.requireNonNull(KINDS.get(key.state().type()), "filtered when looked for");
		return kind.states()
			.stream()
			.<Meter>map((name) -> kind.meter()
				.gauge(key.state(), (state) -> state.is(key.service(), name) ? 1 : 0, key.state().id(), key.service(),
						name)
				.register(this.registry))
			.toList();
	}

	/**
	 * How the breakers of a rule type are shown.
	 */
	private record Kind(GovernanceMeter meter, List<String> states) {

	}

	/**
	 * A breaker. States are compared by identity: the state of a rule that was replaced
	 * is another one.
	 */
	private record Key(RuleState state, String service) {

	}

}
