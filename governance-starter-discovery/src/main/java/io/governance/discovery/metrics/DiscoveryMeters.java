// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.metrics;

import io.governance.discovery.ServiceStatus;
import io.governance.discovery.ServiceViews;
import io.governance.discovery.registration.RegistrationState;
import io.governance.discovery.registration.SelfRegistration;
import io.governance.metrics.GovernanceMeter;
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
		GovernanceMeter.DISCOVERY_LIST_AGE.gauge(this.views, DiscoveryMeters::oldestSeconds).register(registry);
		SelfRegistration own = this.registration;
		if (own != null) {
			GovernanceMeter.DISCOVERY_REGISTERED
				.gauge(own, (self) -> (self.status().state() == RegistrationState.REGISTERED) ? 1 : 0)
				.register(registry);
			GovernanceMeter.DISCOVERY_REGISTRATION_LOST.gauge(own, (self) -> self.status().isLost() ? 1 : 0)
				.register(registry);
			GovernanceMeter.DISCOVERY_REGISTRATIONS.counter(own, SelfRegistration::registrations).register(registry);
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
