// SPDX-License-Identifier: Apache-2.0

package io.governance.observation.sampling;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.governance.time.ManualTimeSource;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;

class TraceCapPropertyTests {

	@Property(tries = 300)
	void inAnyStretchOfTimeTheRateAndATenthMore(@ForAll @IntRange(min = 1, max = 300) int perSecond,
			@ForAll @Size(max = 40) List<@IntRange(max = 1_500) Integer> pauses) {
		ManualTimeSource time = new ManualTimeSource();
		TraceCap cap = new TraceCap(perSecond, time);
		List<Long> taken = new ArrayList<>();
		for (int pause : pauses) {
			time.advance(Duration.ofMillis(pause));
			while (cap.tryTake()) {
				taken.add(time.nanoTime());
			}
		}
		int burst = Math.max(1, perSecond / 10);
		for (int from = 0; from < taken.size(); from++) {
			double seconds = (taken.get(taken.size() - 1) - taken.get(from)) / 1e9;
			assertThat(taken.size() - from <= burst + perSecond * seconds + 1e-6).isTrue();
		}
	}

	@Property(tries = 50)
	void whatComesEvenlyIsTakenAtTheWholeRate(@ForAll @IntRange(min = 1, max = 300) int perSecond) {
		ManualTimeSource time = new ManualTimeSource();
		TraceCap cap = new TraceCap(perSecond, time);
		int taken = 0;
		for (int i = 0; i < 10_000; i++) {
			time.advance(Duration.ofMillis(1));
			taken += cap.tryTake() ? 1 : 0;
		}
		assertThat(taken).isBetween(perSecond * 10 - 1, perSecond * 10 + Math.max(1, perSecond / 10));
	}

}
