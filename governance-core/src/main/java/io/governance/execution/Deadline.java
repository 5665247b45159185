// SPDX-License-Identifier: Apache-2.0

package io.governance.execution;

import java.time.Duration;

import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * A point on the monotonic clock until which somebody waits.
 *
 * @param nanoTime the point, on the clock of {@link TimeSource#nanoTime()}
 * @param rule the rule that set it, as {@code type/id}; {@code null} where none did
 */
public record Deadline(long nanoTime, @Nullable String rule) {

	/**
	 * A deadline that no rule set.
	 * @param nanoTime the point, on the clock of {@link TimeSource#nanoTime()}
	 */
	public Deadline(long nanoTime) {
		this(nanoTime, null);
	}

	/**
	 * A deadline from now.
	 * @param time the clock
	 * @param duration how long
	 * @return the deadline
	 */
	public static Deadline in(TimeSource time, Duration duration) {
		return new Deadline(time.nanoTime() + duration.toNanos());
	}

	/**
	 * The time left.
	 * @param time the clock
	 * @return nanoseconds; zero or less when the time is up
	 */
	public long remainingNanos(TimeSource time) {
		return this.nanoTime - time.nanoTime();
	}

	/**
	 * Whether the time is up.
	 * @param time the clock
	 * @return whether nothing is left
	 */
	public boolean isExpired(TimeSource time) {
		return remainingNanos(time) <= 0;
	}

	/**
	 * Returns the earlier of two deadlines.
	 * @param other the other one
	 * @return the earlier
	 */
	public Deadline earlier(Deadline other) {
		return (this.nanoTime - other.nanoTime <= 0) ? this : other;
	}

}
