// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RetryAfterTests {

	private static final long NOW = Instant.parse("2026-01-05T10:00:00Z").toEpochMilli();

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			0                             | 0
			' 7 '                         | 7
			31                            | 30
			99999999999999999999          | 30
			-1                            | 0
			1.5                           | 0
			soon                          | 0
			''                            | 0
			Mon, 05 Jan 2026 10:00:12 GMT | 12
			Mon, 05 Jan 2026 09:00:00 GMT | 0
			Tue, 06 Jan 2026 10:00:00 GMT | 30
			""")
	void secondsAndDatesAreReadAndBounded(String header, long seconds) {
		assertThat(RetryAfter.of(header, NOW)).hasSeconds(seconds);
	}

}
