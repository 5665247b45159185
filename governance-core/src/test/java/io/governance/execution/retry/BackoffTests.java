// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.retry;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BackoffTests {

	private static List<Long> boundsInMillis(Backoff backoff, int retries) {
		return IntStream.rangeClosed(1, retries)
			.mapToObj((retry) -> Duration.ofNanos(backoff.boundNanos(retry)).toMillis())
			.toList();
	}

	@Test
	void defaultBoundsAreThoseOfEnvoy() {
		assertThat(boundsInMillis(new Backoff(null, null), 6)).containsExactly(25L, 50L, 100L, 200L, 250L, 250L);
	}

	@Test
	void largestBoundIsTenfoldTheBase() {
		assertThat(new Backoff(Duration.ofMillis(10), null).max()).isEqualTo(Duration.ofMillis(100));
		assertThat(new Backoff(null, Duration.ofSeconds(1)).base()).isEqualTo(Duration.ofMillis(25));
	}

	@Test
	void boundsNeitherOverflowNorExceedTheLargest() {
		Backoff backoff = new Backoff(Duration.ofMinutes(1), Duration.ofMinutes(10));
		assertThat(boundsInMillis(backoff, 6)).containsExactly(60_000L, 120_000L, 240_000L, 480_000L, 600_000L,
				600_000L);
		assertThat(backoff.boundNanos(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(10).toNanos());
		assertThat(new Backoff(Duration.ofNanos(1), Duration.ofMinutes(10)).boundNanos(100)).isEqualTo(1L << 30);
	}

	@Test
	void baseIsTheBoundWhenItIsTheLargest() {
		Backoff backoff = new Backoff(Duration.ofMillis(40), Duration.ofMillis(40));
		assertThat(boundsInMillis(backoff, 3)).containsExactly(40L, 40L, 40L);
	}

	@Test
	void waitsAreSpreadOverTheWholeBound() {
		Backoff backoff = new Backoff(null, null);
		Random random = new Random(42);
		for (int retry = 1; retry <= 6; retry++) {
			int n = retry;
			long bound = backoff.boundNanos(n);
			long[] waits = IntStream.range(0, 2_000).mapToLong((i) -> backoff.waitNanos(n, random)).sorted().toArray();
			assertThat(waits[0]).isBetween(0L, bound / 50);
			assertThat(waits[waits.length - 1]).isBetween(bound - bound / 50, bound - 1);
			assertThat(waits[waits.length / 2]).isBetween(bound * 4 / 10, bound * 6 / 10);
		}
	}

	@Test
	void waitFollowsTheGivenChance() {
		Backoff backoff = new Backoff(Duration.ofMillis(100), null);
		assertThat(backoff.waitNanos(1, constant(0.0))).isZero();
		assertThat(backoff.waitNanos(1, constant(0.25))).isEqualTo(25_000_000);
		assertThat(backoff.waitNanos(2, constant(0.5))).isEqualTo(100_000_000);
	}

	@Test
	void absurdBaseIsLeftToValidation() {
		Duration absurd = Duration.ofSeconds(Long.MAX_VALUE);
		assertThat(new Backoff(absurd, null).max()).isEqualTo(absurd);
		assertThat(new Backoff(Duration.ofSeconds(Long.MIN_VALUE), null).base()).isNegative();
	}

	private static RandomGenerator constant(double value) {
		return new RandomGenerator() {

			@Override
			public long nextLong() {
				throw new UnsupportedOperationException();
			}

			@Override
			public double nextDouble() {
				return value;
			}

		};
	}

}
