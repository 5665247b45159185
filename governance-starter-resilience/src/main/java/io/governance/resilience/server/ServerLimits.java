// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.server;

import java.time.Duration;

import io.governance.policy.CallRejectedException;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;

/**
 * What one request, or all connections together, may take of this process's server.
 *
 * @param maxBodyBytes how long a request body may be; negative for any length
 * @param maxConnections how many connections are served at a time; 0 for any number
 * @param headTimeout how long a request's head may take, from its first byte; zero for
 * any time
 * @param minBodyRate how many bytes per second a body must bring on average, while it is
 * waited for; 0 for any number
 * @param bodyGrace how long a body may be slower
 */
public record ServerLimits(long maxBodyBytes, int maxConnections, Duration headTimeout, long minBodyRate,
		Duration bodyGrace) {

	/** The body is longer than this service takes. */
	public static final Reason BODY_TOO_LARGE = new Reason("body-too-large", 413, false);

	/** The body came too slowly. */
	public static final Reason BODY_TOO_SLOW = new Reason("body-too-slow", 408, false);

	private static final String SERVER = "this service";

	boolean isTooLarge(long bytes) {
		return this.maxBodyBytes >= 0 && bytes > this.maxBodyBytes;
	}

	/**
	 * Whether a body is too slow.
	 * @param bytes what it brought
	 * @param waitedNanos how long it was waited for
	 */
	boolean isTooSlow(long bytes, long waitedNanos) {
		long late = waitedNanos - this.bodyGrace.toNanos();
		return this.minBodyRate > 0 && late > 0 && bytes < this.minBodyRate * (waitedNanos / 1e9);
	}

	static CallRejectedException tooLarge() {
		return new CallRejectedException(SERVER, Rejection.of(BODY_TOO_LARGE));
	}

	static CallRejectedException tooSlow() {
		return new CallRejectedException(SERVER, Rejection.of(BODY_TOO_SLOW));
	}

}
