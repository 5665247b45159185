// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

import io.governance.policy.Decision;
import io.governance.rule.TestContext;
import io.governance.time.ManualTimeSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BucketsTests {

	private final ManualTimeSource time = new ManualTimeSource();

	private final LongAdder overflow = new LongAdder();

	private final Limiters local = (rate, bucket, used) -> rate.newLimiter(this.time);

	private final Answers answers = new Answers(new TestContext("rate-limit/r", this.time).context(), false);

	private Buckets buckets(long limit, Duration per, long burst, int maxKeys) {
		return new Buckets(TestLimit.of(limit).per(per).burst(burst).rule().rate(), this.local, maxKeys, this.time,
				this.overflow);
	}

	private Buckets buckets(int maxKeys) {
		return buckets(2, Duration.ofSeconds(10), 2, maxKeys);
	}

	private boolean take(Limiter limiter, int calls) {
		boolean admitted = true;
		for (int i = 0; i < calls; i++) {
			admitted &= limiter.tryAcquire(this.answers) instanceof Decision.Admitted;
		}
		return admitted;
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
		Limiter a = buckets.of("a");
		buckets.of("b");
		buckets.of("c");
		Limiter d = buckets.of("d");
		assertThat(d).isSameAs(buckets.shared()).isSameAs(buckets.of("e"));
		assertThat(this.overflow.sum()).isEqualTo(2);
		assertThat(take(d, 2)).isTrue();
		assertThat(take(buckets.of("f"), 1)).isFalse();
		assertThat(buckets.of("a")).isSameAs(a);
		assertThat(take(a, 1)).isTrue();
		assertThat(buckets.size()).isEqualTo(3);
	}

	@Test
	void whatAKeyWouldBeGivenIsFoundWithoutGivingIt() {
		Buckets buckets = buckets(2, Duration.ofSeconds(10), 2, 1);
		assertThat(buckets.find("a")).isNotSameAs(buckets.shared());
		assertThat(buckets.size()).isZero();
		Limiter a = buckets.of("a");
		assertThat(buckets.find("a")).isSameAs(a);
		assertThat(buckets.find("b")).isSameAs(buckets.shared());
		assertThat(this.overflow.sum()).isZero();
		this.time.advance(Duration.ofSeconds(12));
		assertThat(buckets.find("b")).isNotSameAs(buckets.shared());
		assertThat(buckets.size()).isEqualTo(1);
		assertThat(buckets.of("b")).isNotSameAs(buckets.shared());
	}

	@Test
	void idleKeyIsDroppedOnlyAfterTheTimeItTakesToFill() {
		Buckets buckets = buckets(2, Duration.ofSeconds(10), 6, 1);
		Limiter a = buckets.of("a");
		this.time.advance(Duration.ofSeconds(30));
		assertThat(buckets.of("b")).isSameAs(buckets.shared());
		this.time.advance(Duration.ofSeconds(2));
		assertThat(buckets.of("b")).isNotSameAs(buckets.shared());
		assertThat(buckets.of("a")).isNotSameAs(a).isSameAs(buckets.shared());
	}

	@Test
	void everyUseKeepsAKey() {
		Buckets buckets = buckets(2, Duration.ofSeconds(10), 2, 1);
		Limiter a = buckets.of("a");
		for (int i = 0; i < 10; i++) {
			this.time.advance(Duration.ofSeconds(9));
			assertThat(buckets.of("a")).isSameAs(a);
			assertThat(buckets.of("other")).isSameAs(buckets.shared());
		}
	}

	@Test
	void aKeyThatIsUsedAllTheTimeIsNotGivenAFullBucket() {
		Buckets buckets = buckets(100, Duration.ofSeconds(1), 100, 10);
		Limiter a = buckets.of("a");
		for (int i = 0; i < 500; i++) {
			this.time.advance(Duration.ofMillis(10));
			assertThat(buckets.of("a")).isSameAs(a);
		}
	}

	@Test
	void droppedBucketWasFull() {
		Buckets buckets = buckets(2, Duration.ofSeconds(10), 6, 10);
		Limiter a = buckets.of("a");
		assertThat(take(a, 6)).isTrue();
		this.time.advance(Duration.ofSeconds(32));
		assertThat(buckets.of("a")).isNotSameAs(a);
		assertThat(a.available()).isEqualTo(6);
	}

	@Test
	void aColdKeyIsDroppedNoSoonerThanItIsColdAgain() {
		Buckets buckets = new Buckets(TestLimit.of(100).warmUp(Duration.ofSeconds(30)).rule().rate(), this.local, 1,
				this.time, this.overflow);
		Limiter a = buckets.of("a");
		take(a, 1);
		this.time.advanceSeconds(30);
		assertThat(buckets.of("b")).isSameAs(buckets.shared());
		this.time.advanceSeconds(3);
		assertThat(buckets.of("b")).isNotSameAs(buckets.shared());
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
		Limiter known = buckets.of("known");
		assertThat(take(known, 2)).isTrue();
		int admitted = 0;
		for (int i = 0; i < 1_000_000; i++) {
			admitted += take(buckets.of("flood-" + i), 1) ? 1 : 0;
		}
		assertThat(buckets.size()).isEqualTo(1_000);
		assertThat(this.overflow.sum()).isEqualTo(1_000_000 - 999);
		assertThat(admitted).isEqualTo(999 + 2);
		assertThat(buckets.of("known")).isSameAs(known);
		assertThat(take(known, 1)).isFalse();
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
