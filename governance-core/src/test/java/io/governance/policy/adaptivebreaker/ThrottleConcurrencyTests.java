// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.adaptivebreaker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

import io.governance.time.ManualTimeSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ThrottleConcurrencyTests {

	private static final int THREADS = 8;

	private static final DropRatio DEFAULTS = new DropRatio(1.5, 1.1, 5, true);

	private final ManualTimeSource time = new ManualTimeSource();

	private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	private int sum(Callable<Integer> task) throws Exception {
		CyclicBarrier start = new CyclicBarrier(THREADS);
		List<Future<Integer>> results = IntStream.range(0, THREADS).mapToObj((i) -> this.threads.submit(() -> {
			start.await();
			return task.call();
		})).toList();
		int sum = 0;
		for (Future<Integer> result : results) {
			sum += result.get();
		}
		return sum;
	}

	@Test
	void nothingIsLostAndNothingCountsTwice() throws Exception {
		int calls = 20_000;
		Throttle throttle = new Throttle(Duration.ofSeconds(10), this.time,
				() -> ThreadLocalRandom.current().nextLong());
		int rejected = sum(() -> {
			int held = 0;
			for (int i = 0; i < calls; i++) {
				if (!throttle.tryPass(DEFAULTS)) {
					held++;
				}
				else {
					throttle.fail();
				}
			}
			return held;
		});
		assertThat(rejected).isBetween(1, THREADS * calls - 7);
		assertThat(throttle.read(DEFAULTS).total()).isEqualTo((long) THREADS * calls);
		assertThat(throttle.read(new DropRatio(1.5, 1.1, 5, false)).total()).isEqualTo(THREADS * calls - rejected);
		this.time.advanceSeconds(10);
		assertThat(throttle.isIdle()).isTrue();
	}

	@Test
	void bucketsMoveUnderManyCallersWithoutLosingCalls() throws Exception {
		int calls = 5_000;
		Throttle throttle = new Throttle(Duration.ofMinutes(10), this.time, new ScriptedRandom());
		// 40,000 calls of 10 ms each at most: less than the window
		sum(() -> {
			for (int i = 0; i < calls; i++) {
				throttle.tryPass(DEFAULTS);
				this.time.advance(Duration.ofMillis(10));
				throttle.succeed();
			}
			return calls;
		});
		assertThat(throttle.read(DEFAULTS))
			.isEqualTo(new Throttle.Reading((long) THREADS * calls, (long) THREADS * calls, 0, false));
	}

	@Test
	void oneCallASecondIsForcedHoweverManyCome() throws Exception {
		ScriptedRandom random = ScriptedRandom.always(ScriptedRandom.REJECTING);
		Throttle throttle = new Throttle(Duration.ofSeconds(10), this.time, random);
		for (int i = 0; i < 100; i++) {
			throttle.tryPass(DEFAULTS);
		}
		for (int i = 0; i < 100; i++) {
			throttle.fail();
		}
		random.then(ScriptedRandom.PASSING);
		assertThat(throttle.tryPass(DEFAULTS)).isTrue();
		for (int second = 0; second < 5; second++) {
			this.time.advance(Duration.ofMillis(1_001));
			int passed = sum(() -> {
				int free = 0;
				for (int i = 0; i < 500; i++) {
					free += throttle.tryPass(DEFAULTS) ? 1 : 0;
				}
				return free;
			});
			assertThat(passed).isOne();
		}
	}

}
