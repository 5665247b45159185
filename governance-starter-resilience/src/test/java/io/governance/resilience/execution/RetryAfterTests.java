// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RetryAfter}.
 */
class RetryAfterTests {

	private static final long NOW = Instant.parse("1994-11-06T08:49:30Z").toEpochMilli();

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			-                                | 0
			''                               | 0
			' '                              | 0
			0                                | 0
			1                                | 1
			' 120 '                          | 120
			999999999                        | 999999999
			99999999999999999999             | 3153600000
			-1                               | 0
			+1                               | 0
			1.5                              | 0
			soon                             | 0
			Sun, 06 Nov 1994 08:49:37 GMT    | 7
			Sunday, 06-Nov-94 08:49:37 GMT   | 0
			Sun Nov  6 08:49:37 1994         | 7
			Sun Nov 16 08:49:37 1994         | 0
			Wed Nov 16 08:49:30 1994         | 864000
			Sun, 06 Nov 1994 08:49:30 GMT    | 0
			Sat, 05 Nov 1994 08:49:30 GMT    | 0
			Mon, 06 Nov 1994 08:49:37 GMT    | 0
			Fri, 31 Dec 9999 23:59:59 GMT    | 3153600000
			""")
	void saysHowManySecondsToWait(@Nullable String value, long seconds) {
		assertThat(RetryAfter.nanos(value, NOW)).isEqualTo(Duration.ofSeconds(seconds).toNanos());
	}

	@ParameterizedTest
	@CsvSource("'Saturday, 07-Nov-26 08:49:37 GMT'")
	void twoDigitsAreAYearOfThisCentury(String value) {
		long now = Instant.parse("2026-11-07T08:49:30Z").toEpochMilli();
		assertThat(RetryAfter.nanos(value, now)).isEqualTo(Duration.ofSeconds(7).toNanos());
	}

}
