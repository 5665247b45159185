// SPDX-License-Identifier: Apache-2.0

package io.governance.policy;

import java.util.Objects;

/**
 * Why a call was rejected: the vocabulary that meters, logs and problem bodies share. A
 * rule type may add its own; the set must stay small, it is a metric tag.
 *
 * @param name lower case with dashes, such as {@code rate-limited}
 * @param status the HTTP status of the answer
 * @param notProcessed whether a retry elsewhere is safe and sensible, even for POST
 */
public record Reason(String name, int status, boolean notProcessed) {

	/** A quota is used up. */
	public static final Reason RATE_LIMITED = new Reason("rate-limited", 429, false);

	/** The circuit breaker is open. */
	public static final Reason CIRCUIT_OPEN = new Reason("circuit-open", 503, true);

	/** As many calls are in flight as can be carried. */
	public static final Reason CONCURRENCY_LIMITED = new Reason("concurrency-limited", 503, true);

	/** As many calls as may be are under way already. */
	public static final Reason BULKHEAD_FULL = new Reason("bulkhead-full", 503, true);

	/** Too many calls failed of late: of the further ones this is held back. */
	public static final Reason THROTTLED = new Reason("throttled", 503, true);

	/** No instance of the called service can take the call. */
	public static final Reason NO_INSTANCE = new Reason("no-instance", 503, true);

	/** Every connection to the instance is used, and too many calls wait for one. */
	public static final Reason POOL_EXHAUSTED = new Reason("pool-exhausted", 503, true);

	/** The time the caller will wait is up. */
	public static final Reason DEADLINE_EXCEEDED = new Reason("deadline-exceeded", 504, false);

	/** This process is too busy. */
	public static final Reason OVERLOADED = new Reason("overloaded", 503, true);

	/** A decision that is made elsewhere did not come in time. */
	public static final Reason DECISION_TIMEOUT = new Reason("decision-timeout", 503, true);

	/** This process is on its way out and takes no new calls. */
	public static final Reason INSTANCE_LEAVING = new Reason("instance-leaving", 503, true);

	/**
	 * Checks the parts.
	 */
	public Reason {
		Objects.requireNonNull(name, "name");
		if (status < 400 || status > 599) {
			throw new IllegalArgumentException("status: " + status + " (expected: 400 to 599)");
		}
	}

	@Override
	public String toString() {
		return this.name;
	}

}
