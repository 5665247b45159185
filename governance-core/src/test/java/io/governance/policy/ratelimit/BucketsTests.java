// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

import io.github.bucket4j.Bucket;
import io.governance.match.CallKey;
import io.governance.time.ManualTimeSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BucketsTests {

	private final ManualTimeSource time = new ManualTimeSource();

	private final LongAdder overflow = new LongAdder();

	private Buckets buckets(long limit, Duration per, long burst, int maxKeys) {
		return new Buckets(new RateLimitRule(null, null, 0, CallKey.parse("caller"), limit, per, burst, maxKeys),
				this.time, this.overflow);
	}

	private Buckets buckets(int maxKeys) {
		return buckets(2, Duration.ofSeconds(10), 2, maxKeys);
	}

	@Test
	void keyKeepsItsBucket() {
		Buckets buckets = buckets(10);
		assertThat(buckets.of("a")).isSameAs(buckets.of("a")).isNotSameAs(buckets.of("b"));
		assertThat(buckets.size()).isEqualTo(2);
	}

	@Test
	void keysBeyondTheBoundShareOneLimitedBucket() {
		Buckets buckets = buckets(3);
		Bucket a = buckets.of("a");
		buckets.of("b");
		buckets.of("c");
		Bucket d = buckets.of("d");
		assertThat(d).isSameAs(buckets.shared()).isSameAs(buckets.of("e"));
		assertThat(this.overflow.sum()).isEqualTo(2);
		assertThat(d.tryConsume(2)).isTrue();
		assertThat(buckets.of("f").tryConsume(1)).isFalse();
		assertThat(buckets.of("a")).isSameAs(a);
		assertThat(a.tryConsume(1)).isTrue();
		assertThat(buckets.size()).isEqualTo(3);
	}

	@Test
	void idleKeyIsDroppedOnlyAfterTheTimeItTakesToFill() {
		Buckets buckets = buckets(2, Duration.ofSeconds(10), 6, 1);
		Bucket a = buckets.of("a");
		this.time.advance(Duration.ofSeconds(30));
		assertThat(buckets.of("b")).isSameAs(buckets.shared());
		this.time.advance(Duration.ofSeconds(2));
		assertThat(buckets.of("b")).isNotSameAs(buckets.shared());
		assertThat(buckets.of("a")).isNotSameAs(a).isSameAs(buckets.shared());
	}

	@Test
	void everyUseKeepsAKey() {
		Buckets buckets = buckets(2, Duration.ofSeconds(10), 2, 1);
		Bucket a = buckets.of("a");
		for (int i = 0; i < 10; i++) {
			this.time.advance(Duration.ofSeconds(9));
			assertThat(buckets.of("a")).isSameAs(a);
			assertThat(buckets.of("other")).isSameAs(buckets.shared());
		}
	}

	@Test
	void aKeyThatIsUsedAllTheTimeIsNotGivenAFullBucket() {
		Buckets buckets = buckets(100, Duration.ofSeconds(1), 100, 10);
		Bucket a = buckets.of("a");
		for (int i = 0; i < 500; i++) {
			this.time.advance(Duration.ofMillis(10));
			assertThat(buckets.of("a")).isSameAs(a);
		}
	}

	@Test
	void droppedBucketWasFull() {
		Buckets buckets = buckets(2, Duration.ofSeconds(10), 6, 10);
		Bucket a = buckets.of("a");
		assertThat(a.tryConsume(6)).isTrue();
		this.time.advance(Duration.ofSeconds(32));
		assertThat(buckets.of("a")).isNotSameAs(a);
		assertThat(a.getAvailableTokens()).isEqualTo(6);
	}

	@Test
	void roomIsSeenSoonButNotLookedForAtEveryCall() {
		Buckets buckets = buckets(1_000, Duration.ofSeconds(1), 1, 1);
		buckets.of("a");
		this.time.advance(Duration.ofSeconds(1));
		assertThat(buckets.of("b")).isSameAs(buckets.shared());
		this.time.advance(Duration.ofMillis(50));
		assertThat(buckets.of("b")).isSameAs(buckets.shared());
		this.time.advance(Duration.ofMillis(50));
		assertThat(buckets.of("b")).isNotSameAs(buckets.shared());
	}

	@Test
	void floodOfKeysLeavesTheTableBoundedAndKnownKeysLimited() {
		Buckets buckets = buckets(2, Duration.ofSeconds(10), 2, 1_000);
		Bucket known = buckets.of("known");
		assertThat(known.tryConsume(2)).isTrue();
		int admitted = 0;
		for (int i = 0; i < 1_000_000; i++) {
			admitted += buckets.of("flood-" + i).tryConsume(1) ? 1 : 0;
		}
		assertThat(buckets.size()).isEqualTo(1_000);
		assertThat(this.overflow.sum()).isEqualTo(1_000_000 - 999);
		assertThat(admitted).isEqualTo(999 + 2);
		assertThat(buckets.of("known")).isSameAs(known);
		assertThat(known.tryConsume(1)).isFalse();
	}

	@Test
	void concurrentFloodExceedsTheBoundByAtMostTheNumberOfThreads() throws Exception {
		Buckets buckets = buckets(100);
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			for (Future<?> flood : IntStream.range(0, 4)
				.mapToObj((thread) -> threads
					.submit(() -> IntStream.range(0, 2_000).forEach((i) -> buckets.of(thread + "-" + i))))
				.toList()) {
				flood.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(buckets.size()).isBetween(100L, 104L);
		assertThat(buckets.size() + this.overflow.sum()).isEqualTo(8_000);
	}

}
