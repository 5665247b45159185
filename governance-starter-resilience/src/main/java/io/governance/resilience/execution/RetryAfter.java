// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * How long a callee asks to wait: RFC 9110, section 10.2.3, seconds or a date in any of
 * the three forms that recipients must take. Stateless.
 */
final class RetryAfter {

	private static final int LONGEST_NUMBER = 9;

	private static final int LONGEST_DATE = 40;

	/** What is meant by more seconds than anybody would wait. */
	private static final long VERY_LONG = TimeUnit.DAYS.toNanos(36_500);

	private static final List<DateTimeFormatter> DATES = List.of(DateTimeFormatter.RFC_1123_DATE_TIME,
			DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss 'GMT'", Locale.US),
			DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US));

	private RetryAfter() {
	}

	/**
	 * Reads the header.
	 * @param value its value
	 * @param nowMillis what the wall clock says
	 * @return nanoseconds; 0 where there is no value, none that makes sense, or a time
	 * that is over
	 */
	static long nanos(@Nullable String value, long nowMillis) {
		String text = (value != null) ? value.strip() : "";
		if (text.isEmpty()) {
			return 0;
		}
		if (text.chars().allMatch((c) -> c >= '0' && c <= '9')) {
			return (text.length() <= LONGEST_NUMBER) ? TimeUnit.SECONDS.toNanos(Long.parseLong(text)) : VERY_LONG;
		}
		return (text.length() <= LONGEST_DATE) ? until(text, nowMillis) : 0;
	}

	private static long until(String date, long nowMillis) {
		for (DateTimeFormatter format : DATES) {
			try {
				long millis = LocalDateTime.parse(date, format).toInstant(ZoneOffset.UTC).toEpochMilli() - nowMillis;
				return Math.min(VERY_LONG, Math.max(0, TimeUnit.MILLISECONDS.toNanos(millis)));
			}
			catch (DateTimeException | ArithmeticException ex) {
				// the next form
			}
		}
		return 0;
	}

}
