// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * How this process registers, wherever it does. What is {@code null} is found out.
 *
 * @param instanceId the id; by default service, host and port
 * @param address the address others reach it under
 * @param port the port others reach it under
 * @param tags by which others choose; the environment is the first
 * @param metadata what it says about itself
 * @param failFast whether a first registration that fails ends the start
 * @param random numbers from 0 to 1 for jitter
 */
public record RegistrationSettings(@Nullable String instanceId, @Nullable String address, @Nullable Integer port,
		List<String> tags, Map<String, String> metadata, boolean failFast, DoubleSupplier random) {

	/**
	 * Copies tags and metadata.
	 */
	public RegistrationSettings {
		tags = List.copyOf(tags);
		metadata = Map.copyOf(metadata);
	}

	/**
	 * The same with more tags.
	 * @param more tags of one registry
	 * @return the settings for that registry
	 */
	public RegistrationSettings withTags(List<String> more) {
		List<String> all = Stream.concat(this.tags.stream(), more.stream()).distinct().toList();
		return new RegistrationSettings(this.instanceId, this.address, this.port, all, this.metadata, this.failFast,
				this.random);
	}

}
