// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import org.jspecify.annotations.Nullable;

/**
 * Where the actuator gives out metrics for Prometheus. Thread-safe.
 */
@FunctionalInterface
public interface MetricsEndpoint {

	/**
	 * The path of the endpoint {@code prometheus}, the actuator's base path included, the
	 * context path not; asked for when the instance is ready.
	 * @return the path; {@code null} where there is no such endpoint or it is not exposed
	 */
	@Nullable String path();

}
