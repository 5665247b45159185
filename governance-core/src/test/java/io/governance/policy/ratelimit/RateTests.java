// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RateTests {

	private static Rate rate(long limit, Duration per, long burst) {
		return new Rate(limit, per, burst, Duration.ZERO, Duration.ZERO);
	}

	@ParameterizedTest(name = "{0} per {1}: q={2} w={3}")
	@CsvSource(textBlock = """
			100,     PT1S,    100,        1
			10,      PT1M,    10,         60
			10,      PT0.1S,  100,        1
			1000000, PT0.001S, 1000000000, 1
			3,       PT1.5S,  4,          2
			1,       P1D,     1,          86400
			1,       PT1.5S,  1,          2
			""")
	void callersAreToldWholeSeconds(long limit, Duration per, long quota, long window) {
		Rate rate = rate(limit, per, 1);
		assertThat(rate.limitPerWindow()).isEqualTo(quota);
		assertThat(rate.windowSeconds()).isEqualTo(window);
	}

	@ParameterizedTest
	@CsvSource({ "1, PT1S, 1000000000", "3, PT1S, 333333334", "1000, PT0.001S, 1000", "7, P1D, 12342857142858" })
	void intervalIsRoundedUp(long limit, Duration per, long nanos) {
		assertThat(rate(limit, per, 1).intervalNanos()).isEqualTo(nanos);
	}

	@Test
	void aLimiterForgetsInTheTimeItTakesToFillAndToCoolDown() {
		Duration second = Duration.ofSeconds(1);
		assertThat(rate(2, second, 6).nanosToForget()).isEqualTo(3_000_000_000L);
		assertThat(new Rate(10, second, 1, Duration.ofSeconds(20), Duration.ofMillis(500)).nanosToForget())
			.isEqualTo(100_000_000L + 300_000_000L + 20_000_000_000L + 500_000_000L);
		assertThat(rate(1, Duration.ofDays(1), Long.MAX_VALUE).nanosToForget()).isEqualTo(Long.MAX_VALUE / 4 + 1);
	}

	@ParameterizedTest
	@CsvSource({ "0, 0", "1, 1", "1000000000, 1", "1000000001, 2", "9223372036854775807, 9223372037" })
	void secondsAreRoundedUp(long nanos, long seconds) {
		assertThat(Rate.seconds(nanos)).isEqualTo(seconds);
	}

}
