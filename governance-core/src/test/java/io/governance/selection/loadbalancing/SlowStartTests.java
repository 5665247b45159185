// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.loadbalancing;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SlowStartTests {

	private static final long START = 1_700_000_000_000L;

	private static double factor(double aggression, long seconds) {
		return new SlowStart(Duration.ofMinutes(1), aggression, 10).factor(START, START + seconds * 1_000);
	}

	@ParameterizedTest(name = "{0} s")
	@CsvSource({ "0, 0.1, 0.1, 0.1291", "1, 0.1, 0.1, 0.1291", "6, 0.1, 0.1, 0.3162", "15, 0.1, 0.25, 0.5",
			"30, 0.25, 0.5, 0.7071", "45, 0.5625, 0.75, 0.8660", "60, 1, 1, 1", "3600, 1, 1, 1" })
	void weightGrowsWithAge(long seconds, double half, double one, double two) {
		assertThat(factor(0.5, seconds)).isCloseTo(half, within(0.0001));
		assertThat(factor(1, seconds)).isCloseTo(one, within(0.0001));
		assertThat(factor(2, seconds)).isCloseTo(two, within(0.0001));
	}

	@Test
	void anUnknownStartIsLongAgo() {
		assertThat(new SlowStart(Duration.ofMinutes(1), 1.0, 10).factor(0, START)).isEqualTo(1);
	}

	@Test
	void aStartInTheFutureIsNow() {
		assertThat(factor(1, -30)).isEqualTo(0.1);
		assertThat(factor(1, -120)).as("a clock that is wrong").isEqualTo(1);
	}

	@Test
	void noWindowIsNoSlowStart() {
		assertThat(new SlowStart(null, null, null).factor(START, START)).isEqualTo(1);
	}

}
