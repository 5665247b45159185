// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.loadshedding;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.governance.time.ManualTimeSource;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;

class PassWindowPropertyTests {

	/**
	 * Steps: below 60 time passes, in thirds of a bucket; then a call that took as many
	 * milliseconds.
	 */
	@Property
	void equalsANaiveModel(@ForAll @IntRange(min = 2, max = 12) int buckets,
			@ForAll @Size(max = 300) List<@IntRange(max = 160) Integer> steps) {
		ManualTimeSource clock = new ManualTimeSource();
		PassWindow counted = new PassWindow(clock, buckets, 3);
		Map<Long, List<Integer>> model = new TreeMap<>();
		for (int step : steps) {
			long present = clock.nanoTime() / 3;
			if (step < 60) {
				clock.advanceNanos(step % 7);
				present = clock.nanoTime() / 3;
			}
			else {
				counted.add(step);
				model.computeIfAbsent(present, (bucket) -> new ArrayList<>()).add(step);
			}
			long last = present;
			List<List<Integer>> finished = model.entrySet()
				.stream()
				.filter((bucket) -> bucket.getKey() < last && bucket.getKey() > last - buckets)
				.map(Map.Entry::getValue)
				.toList();
			assertThat(counted.best().maxPass()).isEqualTo(finished.stream().mapToLong(List::size).max().orElse(1));
			assertThat(counted.best().minRtMillis()).isEqualTo(finished.stream()
				.mapToLong((calls) -> Math.round(calls.stream().mapToInt((millis) -> millis).average().orElse(0)))
				.min()
				.orElse(1_000));
		}
	}

}
