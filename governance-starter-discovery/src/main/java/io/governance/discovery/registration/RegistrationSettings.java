// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

import org.jspecify.annotations.Nullable;

/**
 * How this process registers. What is {@code null} is found out.
 *
 * @param instanceId the id; by default service, host and port
 * @param address the address others reach it under
 * @param port the port others reach it under
 * @param metadata what it says about itself
 * @param ttl how long it counts as alive after a heartbeat
 * @param deregisterCriticalAfter when the registry forgets it without heartbeat
 * @param leaveDelay how long it serves on after it was taken out
 * @param failFast whether a first registration that fails ends the start
 * @param random numbers from 0 to 1 for jitter
 */
public record RegistrationSettings(@Nullable String instanceId, @Nullable String address, @Nullable Integer port,
		Map<String, String> metadata, Duration ttl, Duration deregisterCriticalAfter, Duration leaveDelay,
		boolean failFast, DoubleSupplier random) {

	/**
	 * Copies the metadata.
	 */
	public RegistrationSettings {
		metadata = Map.copyOf(metadata);
	}

	/**
	 * Settings with the defaults for all that is not named here.
	 * @param metadata what the instance says about itself
	 * @param ttl how long it counts as alive after a heartbeat
	 * @return the settings
	 */
	public static RegistrationSettings of(Map<String, String> metadata, Duration ttl) {
		return new RegistrationSettings(null, null, null, metadata, ttl, Duration.ofMinutes(5), Duration.ofSeconds(2),
				false, () -> ThreadLocalRandom.current().nextDouble());
	}

}
