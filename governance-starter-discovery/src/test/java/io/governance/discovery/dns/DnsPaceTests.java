// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.dns;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DnsPace}.
 */
class DnsPaceTests {

	private final DnsPace pace = new DnsPace(Duration.ofSeconds(1), Duration.ofSeconds(30));

	@ParameterizedTest
	@CsvSource({ "0, 1000", "1, 1000", "7, 7000", "30, 30000", "31, 30000", "2147483647, 30000",
			"9223372036854775807, 30000" })
	void anAnswerIsBelievedAsLongAsItLivesWithinBounds(long ttlSeconds, long millis) {
		assertThat(this.pace.afterAnswer(ttlSeconds)).isEqualTo(millis);
	}

	@ParameterizedTest
	@CsvSource({ "1, 250", "2, 500", "3, 1000", "4, 2000", "5, 4000", "6, 5000", "2147483647, 5000" })
	void afterFailuresItIsAskedSoonAndThenLessOften(int inARow, long millis) {
		assertThat(this.pace.afterFailures(inARow)).isEqualTo(millis);
	}

}
