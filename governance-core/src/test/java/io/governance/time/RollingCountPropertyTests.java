// SPDX-License-Identifier: Apache-2.0

package io.governance.time;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;

class RollingCountPropertyTests {

	private static final long QUARTER = 250_000_000L;

	/**
	 * Steps: below 60 time passes, in quarters of a second; then counting; then taking
	 * the oldest back.
	 */
	@Property
	void equalsANaiveModel(@ForAll @IntRange(min = 1, max = 12) int seconds,
			@ForAll @Size(max = 200) List<@IntRange(max = 120) Integer> steps) {
		ManualTimeSource time = new ManualTimeSource();
		RollingCount count = new RollingCount(time, seconds);
		Map<Long, Integer> model = new TreeMap<>();
		Deque<Integer> counted = new ArrayDeque<>();
		Deque<Long> countedAt = new ArrayDeque<>();
		for (int step : steps) {
			long now = time.nanoTime() / 1_000_000_000L;
			if (step < 60) {
				time.advanceNanos(step * QUARTER);
			}
			else if (step < 100) {
				counted.add(count.increment());
				countedAt.add(now);
				model.merge(now, 1, Integer::sum);
			}
			else if (!counted.isEmpty()) {
				count.takeBack(counted.remove());
				model.merge(countedAt.remove(), -1, Integer::sum);
			}
			long current = time.nanoTime() / 1_000_000_000L;
			int expected = model.entrySet()
				.stream()
				.filter((entry) -> entry.getKey() > current - seconds)
				.mapToInt(Map.Entry::getValue)
				.sum();
			assertThat(count.sum()).isEqualTo(expected);
		}
	}

}
