// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.adaptivebreaker;

import java.time.Duration;
import java.util.List;
import java.util.Random;

import io.governance.time.ManualTimeSource;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;

class ThrottlePropertyTests {

	private static final Duration WINDOW = Duration.ofSeconds(10);

	private static final DropRatio DEFAULTS = new DropRatio(1.5, 1.1, 5, true);

	@Property
	void ratioIsAProbability(@ForAll @DoubleRange(min = 1, max = 100) double minK,
			@ForAll @DoubleRange(min = 0, max = 99) double more, @ForAll @IntRange(max = 1_000_000) int protection,
			@ForAll @LongRange(max = 1_000_000_000_000L) long accepts,
			@ForAll @LongRange(max = 1_000_000_000_000L) long others, @ForAll @IntRange(max = 40) int failing,
			@ForAll @IntRange(max = 40) int working) {
		DropRatio formula = new DropRatio(minK + more, minK, protection, true);
		double ratio = formula.ratio(accepts, accepts + others, failing);
		assertThat(ratio).isLessThan(1);
		double eased = DropRatio.eased(ratio, working);
		assertThat(Math.max(0, eased)).isBetween(0.0, Math.max(0, ratio) + 1e-12);
		if (others <= protection) {
			assertThat(ratio).isNotPositive();
		}
	}

	@Property(tries = 300)
	void holdsNothingBackWithoutFailures(@ForAll @DoubleRange(min = 1, max = 100) double k,
			@ForAll @IntRange(max = 10) int protection,
			@ForAll @Size(max = 300) List<@IntRange(max = 2_000) Integer> steps) {
		ManualTimeSource time = new ManualTimeSource();
		// nothing may be drawn
		Throttle throttle = new Throttle(WINDOW, time, new ScriptedRandom());
		DropRatio formula = new DropRatio(k, 1, protection, true);
		int underway = 0;
		for (int step : steps) {
			time.advance(Duration.ofMillis(step / 4));
			if (step % 4 < 2 || underway == 0) {
				assertThat(throttle.tryPass(formula)).isTrue();
				underway++;
			}
			else {
				underway--;
				end(throttle, step % 4 == 2);
			}
		}
		assertThat(throttle.isThrottling()).isFalse();
	}

	private static void end(Throttle throttle, boolean says) {
		if (says) {
			throttle.succeed();
		}
		else {
			throttle.forgo();
		}
	}

	@Property(tries = 150)
	void letsAllPassSoonAfterTheServiceIsWellAgain(@ForAll @IntRange(min = 1, max = 200) int perSecond,
			@ForAll @IntRange(min = 1, max = 40) int outageSeconds, @ForAll boolean countDrops, @ForAll long seed) {
		ManualTimeSource time = new ManualTimeSource();
		Throttle throttle = new Throttle(WINDOW, time, new Random(seed));
		DropRatio formula = new DropRatio(1.5, 1.1, 5, countDrops);
		calls(throttle, formula, time, perSecond, 10, true);
		calls(throttle, formula, time, perSecond, outageSeconds, false);
		// two windows
		calls(throttle, formula, time, perSecond, 20, true);
		assertThat(calls(throttle, formula, time, perSecond, 30, true)).isZero();
		assertThat(throttle.isThrottling()).isFalse();
	}

	@Property(tries = 100)
	void aServiceThatIsDownIsAskedNowAndThenOnly(@ForAll @IntRange(min = 20, max = 200) int perSecond,
			@ForAll long seed) {
		ManualTimeSource time = new ManualTimeSource();
		Throttle throttle = new Throttle(WINDOW, time, new Random(seed));
		calls(throttle, DEFAULTS, time, perSecond, 20, false);
		int seconds = 60;
		int passed = seconds * perSecond - calls(throttle, DEFAULTS, time, perSecond, seconds, false);
		// one a second is forced; chance lets pass less than that
		assertThat(passed).isBetween(seconds / 2, 3 * seconds);
	}

	private static int calls(Throttle throttle, DropRatio formula, ManualTimeSource time, int perSecond, int seconds,
			boolean well) {
		int rejected = 0;
		for (int i = 0; i < perSecond * seconds; i++) {
			time.advanceNanos(1_000_000_000L / perSecond);
			if (!throttle.tryPass(formula)) {
				rejected++;
			}
			else if (well) {
				throttle.succeed();
			}
			else {
				throttle.fail();
			}
		}
		return rejected;
	}

}
