// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.metrics;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

import io.governance.discovery.ServiceStatus.Routed;
import io.governance.discovery.ServiceViews;
import io.governance.metrics.GovernanceMeter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The meter {@code governance.route.attempts} in one registry: as many series as the
 * routes in force have destinations. They go with their rule, or with the service.
 */
final class RouteMeters {

	private final ServiceViews views;

	private final MeterRegistry registry;

	private final Map<Routed, Meter> meters = new HashMap<>();

	RouteMeters(ServiceViews views, MeterRegistry registry) {
		this.views = views;
		this.registry = registry;
	}

	synchronized void update() {
		List<Routed> present = this.views.routed();
		Set<Routed> gone = new HashSet<>(this.meters.keySet());
		present.forEach(gone::remove);
		gone.forEach(this::remove);
		present.forEach((routed) -> this.meters.computeIfAbsent(routed, this::publish));
	}

	private void remove(Routed routed) {
		Meter meter = this.meters.remove(routed);
		if (meter != null) {
			this.registry.remove(meter);
		}
	}

	private Meter publish(Routed routed) {
		return GovernanceMeter.ROUTE_ATTEMPTS
			.counter(routed.attempts(), LongAdder::sum, routed.service(), routed.rule(), routed.subset())
			.register(this.registry);
	}

}
