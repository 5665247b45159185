// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.adaptivebreaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

import io.governance.time.ManualTimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * What one throttle decides, the scenarios of the original included.
 */
class ThrottleTests {

	private static final DropRatio DEFAULTS = new DropRatio(1.5, 1.1, 5, true);

	private static final DropRatio LENIENT = new DropRatio(5, 1.1, 5, true);

	private static final DropRatio GENEROUS = new DropRatio(1.5, 1.1, 1_000, true);

	private static final Duration BUCKET = Duration.ofMillis(250);

	private final ManualTimeSource time = new ManualTimeSource();

	private final ScriptedRandom random = new ScriptedRandom();

	private final Throttle throttle = throttle(this.random);

	private Throttle throttle(RandomGenerator chance) {
		return new Throttle(Duration.ofSeconds(10), this.time, chance);
	}

	/** Calls that all begin before the first of them ends. */
	private static void calls(Throttle throttle, int successful, int failed) {
		for (int i = 0; i < successful + failed; i++) {
			assertThat(throttle.tryPass(DEFAULTS)).isTrue();
		}
		for (int i = 0; i < successful; i++) {
			throttle.succeed();
		}
		for (int i = 0; i < failed; i++) {
			throttle.fail();
		}
	}

	private static int rejected(Throttle throttle, DropRatio formula, int calls) {
		int rejected = 0;
		for (int i = 0; i < calls; i++) {
			if (throttle.tryPass(formula)) {
				throttle.fail();
			}
			else {
				rejected++;
			}
		}
		return rejected;
	}

	private double ratio() {
		return this.throttle.read(DEFAULTS).ratio();
	}

	private long total() {
		return this.throttle.read(DEFAULTS).total();
	}

	@Test
	void aFewCallsPassWhateverBecomesOfThem() {
		assertThat(rejected(this.throttle, DEFAULTS, 6)).isZero();
		assertThat(ratio()).isCloseTo(1 / 7.0, within(1e-12));
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource({ "0, false", "0.1428, false", "0.1429, true", "0.999, true" })
	void theNextOneIsHeldBackByAChanceOfOneInSeven(double draw, boolean passes) {
		rejected(this.throttle, DEFAULTS, 6);
		this.random.then(draw);
		assertThat(this.throttle.tryPass(DEFAULTS)).isEqualTo(passes);
		assertThat(this.random.isUsedUp()).isTrue();
	}

	@Test
	void fourFailuresAloneHoldNothingBack() {
		calls(this.throttle, 0, 4);
		assertThat(this.throttle.tryPass(DEFAULTS)).isTrue();
		assertThat(ratio()).isZero();
	}

	@Test
	void successesHoldNothingBack() {
		for (int i = 0; i < 200; i++) {
			assertThat(this.throttle.tryPass(LENIENT)).isTrue();
			this.throttle.succeed();
		}
	}

	@Test
	void aFloodOfFailuresHoldsCallsBack() {
		Throttle flooded = throttle(new Random(1));
		calls(flooded, 10, 100_000);
		assertThat(rejected(flooded, LENIENT, 10)).isPositive();
	}

	@Test
	void successesAfterFailuresLetCallsPassAgain() {
		Throttle healing = throttle(ScriptedRandom.always(ScriptedRandom.PASSING));
		for (int i = 0; i < 10; i++) {
			calls(healing, 0, 1);
			this.time.advance(BUCKET);
		}
		assertThat(healing.read(DEFAULTS).ratio()).isPositive();
		for (int i = 0; i < 10; i++) {
			calls(healing, 1, 0);
			this.time.advance(BUCKET);
		}
		assertThat(healing.read(DEFAULTS).ratio()).isZero();
	}

	@Test
	void continuousFailuresHoldMostCallsBack() {
		Throttle failing = throttle(new Random(1));
		for (int i = 0; i < 150; i++) {
			rejected(failing, LENIENT, 1);
			this.time.advance(Duration.ofMillis(10));
		}
		assertThat(rejected(failing, LENIENT, 100)).isGreaterThan(90);
	}

	@Test
	void anIdleWindowMakesItAsNew() {
		calls(this.throttle, 0, 1_000);
		this.random.then(ScriptedRandom.PASSING);
		assertThat(this.throttle.tryPass(DEFAULTS)).isTrue();
		this.throttle.fail();
		assertThat(this.throttle.isIdle()).isFalse();
		this.time.advanceSeconds(10);
		assertThat(this.throttle.isIdle()).isTrue();
		assertThat(this.throttle.isThrottling()).isTrue();
		assertThat(rejected(this.throttle, DEFAULTS, 6)).isZero();
		assertThat(this.throttle.isThrottling()).isFalse();
		// the call that passed before is forgotten: nothing forces this one
		this.random.then(ScriptedRandom.REJECTING);
		assertThat(this.throttle.tryPass(DEFAULTS)).isFalse();
	}

	@Test
	void isNotIdleWhileCallsAreUnderWay() {
		assertThat(this.throttle.isIdle()).isTrue();
		this.throttle.tryPass(DEFAULTS);
		this.time.advanceSeconds(3_600);
		assertThat(this.throttle.isIdle()).isFalse();
		this.throttle.forgo();
		assertThat(this.throttle.isIdle()).isTrue();
	}

	@Test
	void aCallThatIsHeldBackCountsAsACall() {
		calls(this.throttle, 0, 10);
		this.random.then(ScriptedRandom.REJECTING);
		assertThat(this.throttle.tryPass(DEFAULTS)).isFalse();
		assertThat(total()).isEqualTo(11);
		assertThat(ratio()).isCloseTo(6 / 12.0, within(1e-12));
	}

	@Test
	void aCallThatIsHeldBackCountsNotWhereItIsNotTo() {
		DropRatio formula = new DropRatio(1.5, 1.1, 5, false);
		calls(this.throttle, 0, 10);
		for (int i = 0; i < 100; i++) {
			this.random.then(ScriptedRandom.REJECTING);
			assertThat(this.throttle.tryPass(formula)).isFalse();
		}
		assertThat(this.throttle.read(formula).total()).isEqualTo(10);
		assertThat(this.throttle.read(formula).ratio()).isCloseTo(5 / 11.0, within(1e-12));
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource({ "0.633116, false", "0.633118, true" })
	void workingBucketsOpenItSooner(double draw, boolean passes) {
		for (int i = 0; i < 1_000; i++) {
			this.throttle.tryPass(DEFAULTS);
		}
		for (int i = 0; i < 900; i++) {
			this.throttle.fail();
		}
		for (int i = 0; i < 100; i++) {
			this.time.advance((i % 10 == 0) ? BUCKET : Duration.ZERO);
			this.throttle.succeed();
		}
		assertThat(ratio()).isCloseTo(0.633117, within(5e-7));
		this.random.then(draw);
		assertThat(this.throttle.tryPass(DEFAULTS)).isEqualTo(passes);
	}

	@Test
	void aCallIsForcedToPassWhenNonePassedForOverASecond() {
		calls(this.throttle, 0, 100);
		this.random.then(ScriptedRandom.PASSING);
		assertThat(this.throttle.tryPass(DEFAULTS)).isTrue();
		this.time.advanceSeconds(1);
		this.random.then(ScriptedRandom.REJECTING);
		assertThat(this.throttle.tryPass(DEFAULTS)).isFalse();
		this.time.advanceNanos(1);
		assertThat(this.throttle.tryPass(DEFAULTS)).isTrue();
		this.random.then(ScriptedRandom.REJECTING);
		assertThat(this.throttle.tryPass(DEFAULTS)).isFalse();
		this.time.advance(Duration.ofMillis(1_001));
		assertThat(this.throttle.tryPass(DEFAULTS)).isTrue();
		assertThat(this.random.isUsedUp()).isTrue();
	}

	@Test
	void theFirstCallsAreNeverForcedToPass() {
		calls(this.throttle, 0, 100);
		for (int i = 0; i < 4; i++) {
			this.time.advanceSeconds(2);
			this.random.then(ScriptedRandom.REJECTING);
			assertThat(this.throttle.tryPass(DEFAULTS)).isFalse();
		}
	}

	@Test
	void callsThatPassFreelyDoNotPutOffAForcedOne() {
		calls(this.throttle, 0, 7);
		this.random.then(ScriptedRandom.PASSING);
		assertThat(this.throttle.tryPass(DEFAULTS)).isTrue();
		this.throttle.succeed();
		this.time.advance(Duration.ofMillis(600));
		assertThat(this.throttle.tryPass(LENIENT)).isTrue();
		this.time.advance(Duration.ofMillis(600));
		assertThat(this.throttle.tryPass(DEFAULTS)).isTrue();
		assertThat(this.random.isUsedUp()).isTrue();
	}

	@Test
	void aForcedCallThatSaysNothingIsSpent() {
		calls(this.throttle, 0, 100);
		this.random.then(ScriptedRandom.PASSING);
		assertThat(this.throttle.tryPass(DEFAULTS)).isTrue();
		this.throttle.forgo();
		this.time.advance(Duration.ofMillis(1_001));
		assertThat(this.throttle.tryPass(DEFAULTS)).isTrue();
		this.throttle.forgo();
		assertThat(total()).isEqualTo(100);
		this.time.advance(Duration.ofMillis(999));
		this.random.then(ScriptedRandom.REJECTING);
		assertThat(this.throttle.tryPass(DEFAULTS)).isFalse();
		this.time.advance(Duration.ofMillis(2));
		assertThat(this.throttle.tryPass(DEFAULTS)).isTrue();
	}

	@Test
	void throttlingBeginsAtOnceAndEndsAfterACalmWhile() {
		assertThat(this.throttle.isThrottling()).isFalse();
		calls(this.throttle, 0, 10);
		this.random.then(ScriptedRandom.PASSING);
		this.throttle.tryPass(DEFAULTS);
		assertThat(this.throttle.isThrottling()).isTrue();
		this.time.advance(Duration.ofMillis(2_499));
		assertThat(this.throttle.tryPass(GENEROUS)).isTrue();
		assertThat(this.throttle.isThrottling()).isTrue();
		this.time.advance(Duration.ofMillis(1));
		assertThat(this.throttle.tryPass(GENEROUS)).isTrue();
		assertThat(this.throttle.isThrottling()).isFalse();
	}

	@Test
	void readingTellsWhatHoldsNow() {
		calls(this.throttle, 60, 40);
		Throttle.Reading reading = this.throttle.read(DEFAULTS);
		assertThat(reading.ratio()).isCloseTo(5 / 101.0, within(1e-12));
		assertThat(reading).isEqualTo(new Throttle.Reading(60, 100, reading.ratio(), true));
		this.time.advanceSeconds(10);
		assertThat(this.throttle.read(DEFAULTS)).isEqualTo(new Throttle.Reading(0, 0, 0, false));
	}

	@Test
	void theSameChanceDecidesTheSame() {
		assertThat(decisions(new Random(42))).isEqualTo(decisions(new Random(42))).contains(true, false);
	}

	private List<Boolean> decisions(RandomGenerator chance) {
		ManualTimeSource clock = new ManualTimeSource();
		Throttle decided = new Throttle(Duration.ofSeconds(10), clock, chance);
		List<Boolean> decisions = new ArrayList<>();
		for (int i = 0; i < 5_000; i++) {
			clock.advance(Duration.ofMillis(7));
			boolean passes = decided.tryPass(DEFAULTS);
			decisions.add(passes);
			if (passes && i % 3 == 0) {
				decided.succeed();
			}
			else if (passes) {
				decided.fail();
			}
		}
		return decisions;
	}

}
