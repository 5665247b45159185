// SPDX-License-Identifier: Apache-2.0

package io.governance.policy;

import org.jspecify.annotations.Nullable;

/**
 * Why a call may not go, and when to come back.
 *
 * @param reason the reason
 * @param rule the rule that rejected, as {@code type/id}; {@code null} where none did
 * @param retryAfterNanos when a new try makes sense, in nanoseconds; 0 when unknown
 * @param quota the quota that is used up; {@code null} where it is no matter of quotas
 */
public record Rejection(Reason reason, @Nullable String rule, long retryAfterNanos, Decision.@Nullable Quota quota) {

	/**
	 * A rejection that is no matter of quotas.
	 * @param reason the reason
	 * @param rule the rule that rejected, as {@code type/id}; {@code null} where none did
	 * @param retryAfterNanos when a new try makes sense, in nanoseconds; 0 when unknown
	 */
	public Rejection(Reason reason, @Nullable String rule, long retryAfterNanos) {
		this(reason, rule, retryAfterNanos, null);
	}

	/**
	 * A rejection that no rule made.
	 * @param reason the reason
	 * @return the rejection
	 */
	public static Rejection of(Reason reason) {
		return new Rejection(reason, null, 0);
	}

	/**
	 * The seconds of a {@code Retry-After} header, rounded up.
	 * @return seconds; 0 when unknown
	 */
	public long retryAfterSeconds() {
		return (this.retryAfterNanos + 999_999_999L) / 1_000_000_000L;
	}

}
