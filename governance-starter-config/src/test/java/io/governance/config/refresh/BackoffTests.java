// SPDX-License-Identifier: Apache-2.0

package io.governance.config.refresh;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BackoffTests {

	private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), new Random(1));

	@Test
	void growsToTheLongestPauseWithAtLeastHalfOfIt() {
		long[] bounds = { 200, 400, 800, 1600, 3200, 5000, 5000, 5000 };
		LongStream.of(bounds)
			.forEach((bound) -> assertThat(this.backoff.next().toMillis()).isBetween(bound / 2, bound));
	}

	@Test
	void neverOverflows() {
		for (int i = 0; i < 1000; i++) {
			assertThat(this.backoff.next().toMillis()).isBetween(100L, 5000L);
		}
	}

	@Test
	void beginsAnewAfterASuccess() {
		for (int i = 0; i < 10; i++) {
			this.backoff.next();
		}
		this.backoff.reset();
		assertThat(this.backoff.next().toMillis()).isBetween(100L, 200L);
	}

}
