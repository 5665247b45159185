// SPDX-License-Identifier: Apache-2.0

package io.governance.config.actuate;

import java.util.function.ToDoubleFunction;

import io.governance.config.refresh.ConfigMeters;
import io.governance.config.remote.RemoteConfigState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * The meters of remote configuration.
 */
public final class ConfigMeterBinder implements MeterBinder {

	private final RemoteConfigState state;

	private final ConfigMeters meters;

	/**
	 * Creates the binder.
	 * @param state what is in force
	 * @param meters what was counted
	 */
	public ConfigMeterBinder(RemoteConfigState state, ConfigMeters meters) {
		this.state = state;
		this.meters = meters;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("governance.config.connected", this.state, (remote) -> remote.status().connected() ? 1 : 0)
			.description("Whether the config server answered last")
			.register(registry);
		counter(registry, "taken", ConfigMeters::takenCount);
		counter(registry, "refused", ConfigMeters::refusedCount);
		counter(registry, "unreachable", ConfigMeters::unreachableCount);
		counter(registry, "unserved", ConfigMeters::unservedCount);
	}

	private void counter(MeterRegistry registry, String outcome, ToDoubleFunction<ConfigMeters> count) {
		FunctionCounter.builder("governance.config.fetches", this.meters, count)
			.description("What became of remote configuration after the start")
			.tag("outcome", outcome)
			.register(registry);
	}

}
