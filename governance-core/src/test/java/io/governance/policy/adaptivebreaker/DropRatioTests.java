// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.adaptivebreaker;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class DropRatioTests {

	private static final DropRatio DEFAULTS = new DropRatio(1.5, 1.1, 5, true);

	@ParameterizedTest(name = "{0} of {1}, {2} failing, {3} working")
	@CsvSource({ "0, 5, 1, 0, 0, 0", "0, 6, 1, 0, 0.142857, 0.142857", "50, 100, 4, 0, 0.217822, 0.217822",
			"0, 1000, 40, 0, 0.994006, 0.994006", "100, 1000, 0, 10, 0.844156, 0.633117",
			"600, 1000, 2, 0, 0.106893, 0.106893" })
	void agreesWithTheGoldenVectors(long accepts, long total, int failing, int working, double ratio, double eased) {
		double computed = DEFAULTS.ratio(accepts, total, failing);
		assertThat(computed).isCloseTo(ratio, within(5e-7));
		assertThat(DropRatio.eased(computed, working)).isCloseTo(eased, within(5e-7));
	}

	@Test
	void whereMostCallsSucceedItIsNegative() {
		assertThat(DEFAULTS.ratio(900, 1000, 0)).isNegative();
	}

	@ParameterizedTest(name = "{0} failing: {1}")
	@CsvSource({ "0, 1.5", "2, 1.48", "4, 1.46", "20, 1.3", "40, 1.1" })
	void weightFallsAsFailuresGoOn(int failing, double weight) {
		assertThat(DEFAULTS.weight(failing)).isCloseTo(weight, within(1e-12));
	}

	@Test
	void aWholeWindowOfWorkingBucketsLetsAllPass() {
		assertThat(DropRatio.eased(DEFAULTS.ratio(100, 1000, 0), 40)).isZero();
	}

	@Test
	void dropsCountAsCallsWhereTheyAreToCount() {
		CallWindow window = new CallWindow(Duration.ofSeconds(10), 0);
		window.addSuccess();
		window.addFailure();
		window.addDrop();
		window.addDrop();
		assertThat(DEFAULTS.total(window)).isEqualTo(4);
		assertThat(new DropRatio(1.5, 1.1, 5, false).total(window)).isEqualTo(2);
		assertThat(new DropRatio(1, 1, 0, true).ratio(window)).isCloseTo(3 / 5.0, within(1e-12));
		assertThat(new DropRatio(1, 1, 0, false).ratio(window)).isCloseTo(1 / 3.0, within(1e-12));
	}

}
