// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.metrics;

import io.governance.discovery.ServiceStatus;
import io.governance.discovery.ServiceViews;
import io.governance.discovery.registration.RegistrationState;
import io.governance.discovery.registration.SelfRegistration;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * Meters of the registration and of the age of lists.
 */
public final class DiscoveryMeters implements MeterBinder {

	private final ServiceViews views;

	private final @Nullable SelfRegistration registration;

	/**
	 * Creates the binder.
	 * @param views the followed services
	 * @param registration this process's registration; {@code null} when it has none
	 */
	public DiscoveryMeters(ServiceViews views, @Nullable SelfRegistration registration) {
		this.views = views;
		this.registration = registration;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("governance.discovery.list.age", this.views, DiscoveryMeters::oldestSeconds)
			.description("Age of the oldest instance list that the registry does not confirm")
			.baseUnit("seconds")
			.register(registry);
		SelfRegistration own = this.registration;
		if (own != null) {
			Gauge
				.builder("governance.discovery.registered", own,
						(self) -> (self.status().state() == RegistrationState.REGISTERED) ? 1 : 0)
				.description("Whether this process is registered")
				.register(registry);
			FunctionCounter.builder("governance.discovery.registrations", own, SelfRegistration::registrations)
				.description("How often this process was registered; more than once means lost and healed")
				.register(registry);
		}
	}

	private static double oldestSeconds(ServiceViews views) {
		double oldest = 0;
		for (ServiceStatus status : views.status()) {
			oldest = Math.max(oldest, status.age().toMillis() / 1000.0);
		}
		return oldest;
	}

}
