// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.springcloud;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.ServiceInstance;

/**
 * What is asked for, and how often.
 *
 * @param interval time between two questions for the same service
 * @param environment what instances must say in their metadata to be seen; {@code null}
 * to see all
 */
public record PollSettings(Duration interval, @Nullable String environment) {

	/** As our own registrations name it. */
	private static final String ENVIRONMENT = "environment";

	List<ServiceInstance> seen(List<ServiceInstance> found) {
		return (this.environment != null) ? found.stream().filter(this::isSeen).toList() : found;
	}

	private boolean isSeen(ServiceInstance instance) {
		return instance.getMetadata() != null && instance.getMetadata().get(ENVIRONMENT) != null
				&& instance.getMetadata().get(ENVIRONMENT).equals(this.environment);
	}

}
