// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.retry;

import java.util.ArrayList;
import java.util.List;

import io.governance.time.ManualTimeSource;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;

class RetryBudgetPropertyTests {

	/**
	 * Steps: below 20 time passes, in tenths of a second; below 60 calls come; else
	 * retries are asked for, as many as there are.
	 */
	@Property(tries = 200)
	void givesAllThereIsAndNeverMore(@ForAll @DoubleRange(max = 2) double ratio,
			@ForAll @IntRange(max = 5) int minPerSecond,
			@ForAll @Size(max = 300) List<@IntRange(max = 80) Integer> steps) {
		ManualTimeSource time = new ManualTimeSource();
		RetryBudget budget = new RetryBudget(new Budget(ratio, minPerSecond), time);
		List<Long> calls = new ArrayList<>();
		List<Long> retries = new ArrayList<>();
		for (int step : steps) {
			long second = time.nanoTime() / 1_000_000_000L;
			if (step < 20) {
				time.advanceNanos(step * 100_000_000L);
			}
			else if (step < 60) {
				budget.recordCall(time.nanoTime());
				calls.add(second);
			}
			else {
				double bound = ratio * inWindow(calls, second) + minPerSecond * 10;
				long taken = inWindow(retries, second);
				for (; budget.tryTake(); taken++) {
					retries.add(second);
					assertThat(taken + 1 <= bound).as("%s taken, bound %s", taken + 1, bound).isTrue();
				}
				assertThat(taken + 1 > bound).as("%s taken, bound %s", taken, bound).isTrue();
			}
		}
	}

	private static long inWindow(List<Long> seconds, long now) {
		return seconds.stream().filter((second) -> second > now - 10).count();
	}

}
