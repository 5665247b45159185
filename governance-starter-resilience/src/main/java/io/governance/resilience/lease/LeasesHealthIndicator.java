// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.lease;

import java.util.Locale;

import io.governance.lease.Leases;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Shows whether the store answers as a detail. Always up: calls go on without it, and all
 * instances would be taken out at once.
 */
public final class LeasesHealthIndicator extends AbstractHealthIndicator {

	private final StoredLeases leases;

	/**
	 * Creates the indicator.
	 * @param leases know the store
	 */
	public LeasesHealthIndicator(StoredLeases leases) {
		super("governance leases health check failed");
		this.leases = leases;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up();
		if (!this.leases.isUsed()) {
			builder.withDetail("store", "not used: no rule with scope cluster");
			return;
		}
		Leases.State state = this.leases.state();
		builder.withDetail("store", state.name().toLowerCase(Locale.ROOT));
		if (this.leases.instances() > 0) {
			builder.withDetail("instances", this.leases.instances());
		}
		if (state == Leases.State.DOWN) {
			builder.withDetail("reason",
					"the store of limits with scope cluster does not answer: they act by their on-store-failure");
			builder.withDetail("cause", this.leases.cause());
		}
	}

}
