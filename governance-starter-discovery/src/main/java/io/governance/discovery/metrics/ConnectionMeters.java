// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.metrics;

import io.governance.discovery.connection.ConnectionLimits;
import io.governance.metrics.GovernanceMeter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * The meters of the connections that blocking clients use. Those of reactive clients are
 * Reactor Netty's own.
 */
public final class ConnectionMeters implements MeterBinder {

	private final ConnectionLimits limits;

	/**
	 * Creates the meters.
	 * @param limits what they show
	 */
	public ConnectionMeters(ConnectionLimits limits) {
		this.limits = limits;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		GovernanceMeter.DISCOVERY_CONNECTIONS_USED.gauge(this.limits, ConnectionLimits::used).register(registry);
		GovernanceMeter.DISCOVERY_CONNECTIONS_PENDING.gauge(this.limits, ConnectionLimits::pending).register(registry);
		GovernanceMeter.DISCOVERY_CONNECTIONS_REJECTED.counter(this.limits, ConnectionLimits::rejected)
			.register(registry);
	}

}
