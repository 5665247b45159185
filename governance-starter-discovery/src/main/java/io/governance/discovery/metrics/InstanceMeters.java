// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.metrics;

import java.util.Locale;

import io.governance.discovery.lifecycle.InstanceLifecycle;
import io.governance.discovery.lifecycle.InstanceState;
import io.governance.metrics.GovernanceMeter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Meters of where this instance stands.
 */
public final class InstanceMeters implements MeterBinder {

	private final InstanceLifecycle lifecycle;

	/**
	 * Creates the binder.
	 * @param lifecycle knows where this instance stands
	 */
	public InstanceMeters(InstanceLifecycle lifecycle) {
		this.lifecycle = lifecycle;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (InstanceState state : InstanceState.values()) {
			GovernanceMeter.DISCOVERY_INSTANCE_STATE
				.gauge(this.lifecycle, (self) -> (self.status().state() == state) ? 1 : 0,
						state.name().toLowerCase(Locale.ROOT).replace('_', '-'))
				.register(registry);
		}
		GovernanceMeter.DISCOVERY_LATE_CALLS.counter(this.lifecycle, InstanceLifecycle::refused).register(registry);
	}

}
