// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.circuitbreaker;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import io.governance.time.ManualTimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MonotonicClockTests {

	@ParameterizedTest
	@ValueSource(longs = { Long.MIN_VALUE, -1_500_000_000L, 0, 1, Long.MAX_VALUE - 2_000_000_000L })
	void instantsAreAsFarApartAsTheClockSays(long origin) {
		ManualTimeSource time = new ManualTimeSource(origin);
		MonotonicClock clock = new MonotonicClock(time);
		Instant before = clock.instant();
		time.advance(Duration.ofMillis(1_750));
		assertThat(Duration.between(before, clock.instant())).isEqualTo(Duration.ofMillis(1_750));
	}

	@Test
	void zoneDoesNotMatter() {
		MonotonicClock clock = new MonotonicClock(new ManualTimeSource());
		assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
		assertThat(clock.withZone(ZoneId.of("Asia/Tokyo")).instant()).isEqualTo(clock.instant());
	}

}
