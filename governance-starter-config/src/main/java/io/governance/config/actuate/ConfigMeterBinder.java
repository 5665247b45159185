// SPDX-License-Identifier: Apache-2.0

package io.governance.config.actuate;

import java.util.function.ToDoubleFunction;

import io.governance.config.refresh.ConfigMeters;
import io.governance.config.remote.RemoteConfigState;
import io.governance.metrics.GovernanceMeter;
import io.governance.time.TimeSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * The meters of remote configuration.
 */
public final class ConfigMeterBinder implements MeterBinder {

	private final RemoteConfigState state;

	private final ConfigMeters meters;

	private final TimeSource time;

	/**
	 * Creates the binder.
	 * @param state what is in force
	 * @param meters what was counted
	 * @param time tells how old it is
	 */
	public ConfigMeterBinder(RemoteConfigState state, ConfigMeters meters, TimeSource time) {
		this.state = state;
		this.meters = meters;
		this.time = time;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		GovernanceMeter.CONFIG_CONNECTED.gauge(this.state, (remote) -> remote.status().connected() ? 1 : 0)
			.register(registry);
		GovernanceMeter.CONFIG_AGE.gauge(this.state, this::unconfirmedSeconds).register(registry);
		GovernanceMeter.CONFIG_STALE.gauge(this.state, (remote) -> (remote.status().refusedRevision() != null) ? 1 : 0)
			.register(registry);
		counter(registry, "taken", ConfigMeters::takenCount);
		counter(registry, "refused", ConfigMeters::refusedCount);
		counter(registry, "unreachable", ConfigMeters::unreachableCount);
		counter(registry, "unserved", ConfigMeters::unservedCount);
	}

	private double unconfirmedSeconds(RemoteConfigState remote) {
		long since = remote.staleSinceMillis();
		return (since != 0) ? Math.max(0, this.time.epochMillis() - since) / 1000.0 : 0;
	}

	private void counter(MeterRegistry registry, String outcome, ToDoubleFunction<ConfigMeters> count) {
		GovernanceMeter.CONFIG_FETCHES.counter(this.meters, count, outcome).register(registry);
	}

}
