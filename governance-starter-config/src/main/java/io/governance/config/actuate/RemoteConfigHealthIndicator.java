// SPDX-License-Identifier: Apache-2.0

package io.governance.config.actuate;

import io.governance.config.remote.RemoteConfigState;
import io.governance.config.remote.RemoteConfigStatus;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Shows where the configuration in force comes from and what keeps a newer one out.
 * Always up: a service works on without its config server.
 */
public final class RemoteConfigHealthIndicator extends AbstractHealthIndicator {

	private final RemoteConfigState state;

	/**
	 * Creates the indicator.
	 * @param state what is in force
	 */
	public RemoteConfigHealthIndicator(RemoteConfigState state) {
		super("governance config health check failed");
		this.state = state;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		RemoteConfigStatus status = this.state.status();
		builder.up()
			.withDetail("source", status.source())
			.withDetail("connected", status.connected())
			.withDetail("server", this.state.client().addresses());
		if (status.revision() != null) {
			builder.withDetail("revision", status.revision());
		}
		if (status.fault() != null) {
			builder.withDetail("fault", status.fault());
		}
		if (status.refusedRevision() != null) {
			builder.withDetail("refusedRevision", status.refusedRevision());
		}
		if (!status.violations().isEmpty()) {
			builder.withDetail("violations", status.violations());
		}
		if (!status.restartNeeded().isEmpty()) {
			builder.withDetail("restartNeeded", status.restartNeeded());
		}
	}

}
