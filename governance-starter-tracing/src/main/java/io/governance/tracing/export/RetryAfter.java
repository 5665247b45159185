// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/**
 * How long a backend asks to wait: the header {@code Retry-After}, in seconds or as a
 * date. What waits longer than {@link #MOST} would only fill the queue.
 */
final class RetryAfter {

	/**
	 * The longest wait.
	 */
	static final Duration MOST = Duration.ofSeconds(30);

	private RetryAfter() {
	}

	/**
	 * Reads the header.
	 * @param header the header's value
	 * @param now the wall clock, in milliseconds
	 * @return the wait, from nothing to {@link #MOST}; nothing for what cannot be read
	 */
	static Duration of(String header, long now) {
		String text = header.trim();
		if (!text.isEmpty() && text.chars().allMatch((digit) -> digit >= '0' && digit <= '9')) {
			// more digits than this are more than the most
			return (text.length() > 9) ? MOST : bounded(Duration.ofSeconds(Long.parseLong(text)));
		}
		try {
			Instant date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
			return bounded(Duration.between(Instant.ofEpochMilli(now), date));
		}
		catch (DateTimeException ex) {
			return Duration.ZERO;
		}
	}

	private static Duration bounded(Duration wait) {
		if (wait.isNegative()) {
			return Duration.ZERO;
		}
		return (wait.compareTo(MOST) > 0) ? MOST : wait;
	}

}
