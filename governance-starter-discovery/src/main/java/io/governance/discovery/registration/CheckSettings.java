// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How a registry knows whether this process is alive.
 *
 * @param kind who asks whom
 * @param ttl how long this process counts as alive after a heartbeat, for {@code TTL}
 * @param path the path the agent asks, for {@code HTTP}; {@code null} for the actuator's
 * readiness
 * @param service the service the agent asks for, for {@code GRPC}; {@code null} for the
 * whole server
 * @param port the port the agent asks; {@code null} for the actuator's, for {@code HTTP},
 * or the one this process is registered with
 * @param interval the time between two questions of the agent
 * @param timeout how long the agent waits for an answer
 * @param tlsSkipVerify whether the agent trusts any certificate of this process
 * @param deregisterCriticalAfter when the registry forgets an instance that fails
 */
public record CheckSettings(Kind kind, Duration ttl, @Nullable String path, @Nullable String service,
		@Nullable Integer port, Duration interval, Duration timeout, boolean tlsSkipVerify,
		Duration deregisterCriticalAfter) {

	/**
	 * A heartbeat, with the defaults for all else.
	 * @param ttl how long this process counts as alive after a heartbeat
	 * @return the settings
	 */
	public static CheckSettings ttl(Duration ttl) {
		return new CheckSettings(Kind.TTL, ttl, null, null, null, Duration.ofSeconds(10), Duration.ofSeconds(5), false,
				Duration.ofMinutes(5));
	}

	/** Who asks whom. */
	public enum Kind {

		/** This process sends heartbeats. */
		TTL,

		/** The agent asks a path of this process. */
		HTTP,

		/** The agent asks gRPC's health service of this process. */
		GRPC

	}

}
