// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.retry;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.governance.time.ManualTimeSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RetryBudgetTests {

	private final ManualTimeSource time = new ManualTimeSource();

	private RetryBudget budget(double ratio, int minPerSecond) {
		return new RetryBudget(new Budget(ratio, minPerSecond), this.time);
	}

	private static long take(RetryBudget budget, int tries) {
		return IntStream.range(0, tries).filter((i) -> budget.tryTake()).count();
	}

	private void call(RetryBudget budget, int calls) {
		for (int i = 0; i < calls; i++) {
			budget.recordCall(this.time.nanoTime());
		}
	}

	@Test
	void withoutCallsOnlyTheReserveIsThere() {
		assertThat(take(budget(0.2, 10), 1_000)).isEqualTo(100);
		assertThat(take(budget(0.2, 3), 1_000)).isEqualTo(30);
	}

	@Test
	void callsAddTheirShare() {
		RetryBudget budget = budget(0.2, 3);
		call(budget, 100);
		assertThat(budget.available()).isEqualTo(50);
		assertThat(take(budget, 1_000)).isEqualTo(50);
		assertThat(budget.available()).isZero();
	}

	@Test
	void emptyBudgetGivesNothing() {
		RetryBudget budget = budget(0, 0);
		call(budget, 1_000);
		assertThat(take(budget, 10)).isZero();
	}

	@Test
	void withoutAReserveTheFirstRetryNeedsEnoughCalls() {
		RetryBudget budget = budget(0.2, 0);
		call(budget, 4);
		assertThat(budget.tryTake()).isFalse();
		call(budget, 1);
		assertThat(budget.tryTake()).isTrue();
		assertThat(budget.tryTake()).isFalse();
	}

	@Test
	void refusedTakesCostNothing() {
		RetryBudget budget = budget(0, 1);
		assertThat(take(budget, 1_000)).isEqualTo(10);
		this.time.advanceSeconds(10);
		assertThat(take(budget, 1_000)).isEqualTo(10);
	}

	@Test
	void takenRetriesComeBackWhenTheirSecondLeavesTheWindow() {
		RetryBudget budget = budget(0, 1);
		assertThat(take(budget, 4)).isEqualTo(4);
		this.time.advanceSeconds(1);
		assertThat(take(budget, 100)).isEqualTo(6);
		this.time.advanceSeconds(8);
		assertThat(take(budget, 100)).isZero();
		this.time.advanceSeconds(1);
		assertThat(take(budget, 100)).isEqualTo(4);
		this.time.advanceSeconds(1);
		assertThat(take(budget, 100)).isEqualTo(6);
	}

	@Test
	void shareOfCallsIsLostWithTheWindow() {
		RetryBudget budget = budget(1, 0);
		call(budget, 5);
		assertThat(budget.available()).isEqualTo(5);
		this.time.advanceSeconds(10);
		assertThat(budget.available()).isZero();
		assertThat(budget.tryTake()).isFalse();
	}

	@Test
	void refusedTakeAtTheEdgeOfASecondGivesBackItsOwn() {
		RetryBudget budget = budget(0, 1);
		assertThat(take(budget, 10)).isEqualTo(10);
		// each look at the clock is a second later: taken in one, given back in another
		this.time.stepAtEachRead(Duration.ofSeconds(1));
		assertThat(budget.tryTake()).isFalse();
		this.time.stepAtEachRead(Duration.ZERO);
		this.time.advanceSeconds(20);
		assertThat(take(budget, 100)).isEqualTo(10);
	}

	@Test
	void threadsTogetherNeverTakeMoreThanThereIs() throws Exception {
		RetryBudget budget = budget(0, 100);
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			CountDownLatch start = new CountDownLatch(1);
			Stream<Future<Long>> takers = IntStream.range(0, 4).mapToObj((i) -> threads.submit(() -> {
				start.await();
				return take(budget, 5_000);
			})).toList().stream();
			start.countDown();
			long taken = 0;
			for (Future<Long> taker : takers.toList()) {
				taken += taker.get();
			}
			assertThat(taken).isBetween(997L, 1_000L);
			assertThat(taken + take(budget, 10)).isEqualTo(1_000);
		}
		finally {
			threads.shutdownNow();
		}
	}

}
