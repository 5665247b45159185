// SPDX-License-Identifier: Apache-2.0

package io.governance.config.actuate;

import java.time.Instant;

import io.governance.config.remote.RemoteConfigState;
import io.governance.config.remote.RemoteConfigStatus;
import io.governance.time.TimeSource;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Shows where the configuration in force comes from and what keeps a newer one out.
 * Always up: a service works on without its config server.
 */
public final class RemoteConfigHealthIndicator extends AbstractHealthIndicator {

	private static final long MILLIS_PER_SECOND = 1000;

	private final RemoteConfigState state;

	private final TimeSource time;

	/**
	 * Creates the indicator.
	 * @param state what is in force
	 * @param time tells how old it is
	 */
	public RemoteConfigHealthIndicator(RemoteConfigState state, TimeSource time) {
		super("governance config health check failed");
		this.state = state;
		this.time = time;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		RemoteConfigStatus status = this.state.status();
		builder.up()
			.withDetail("source", status.source())
			.withDetail("connected", status.connected())
			.withDetail("server", this.state.client().addresses());
		addStaleness(builder, status);
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

	private void addStaleness(Health.Builder builder, RemoteConfigStatus status) {
		long confirmed = this.state.confirmedMillis();
		if (confirmed != 0) {
			builder.withDetail("confirmedSecondsAgo",
					Math.max(0, (this.time.epochMillis() - confirmed) / MILLIS_PER_SECOND));
		}
		long since = this.state.staleSinceMillis();
		if (since != 0) {
			builder.withDetail("reason", reason(status)).withDetail("since", Instant.ofEpochMilli(since).toString());
		}
	}

	private static String reason(RemoteConfigStatus status) {
		String server = status.connected() ? "the config server does not serve" : "the config server does not answer";
		return server + switch (status.source()) {
			case SERVER -> ": what it served last stays in force";
			case LAST_KNOWN_GOOD -> ": running on last-known-good";
			case NONE -> ": running without remote configuration";
		};
	}

}
