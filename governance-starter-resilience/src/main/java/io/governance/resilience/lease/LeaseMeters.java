// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.lease;

import io.governance.lease.Leases;
import io.governance.metrics.GovernanceMeter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Publishes whether the store answers, and how many share it.
 */
public final class LeaseMeters implements MeterBinder {

	private final StoredLeases leases;

	/**
	 * Creates the binder.
	 * @param leases know the store
	 */
	public LeaseMeters(StoredLeases leases) {
		this.leases = leases;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		GovernanceMeter.LEASE_STORE_UP.gauge(this.leases, LeaseMeters::up).register(registry);
		GovernanceMeter.LEASE_INSTANCES.gauge(this.leases, StoredLeases::instances).register(registry);
	}

	private static double up(StoredLeases leases) {
		return (leases.isUsed() && leases.state() != Leases.State.UP) ? 0 : 1;
	}

}
