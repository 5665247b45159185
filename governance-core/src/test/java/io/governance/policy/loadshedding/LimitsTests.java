// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.loadshedding;

import io.governance.policy.Call.Priority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

class LimitsTests {

	private static final long BUCKET = 100_000_000L;

	private static Limits limits(Priority priority) {
		return limits(priority, 90, 1);
	}

	private static Limits limits(Priority priority, int cpuThreshold, int minLimit) {
		return Limits.of(SheddingTestBed.rule(cpuThreshold, minLimit), priority);
	}

	@ParameterizedTest(name = "{0} in a bucket, {1} ms, cpu {2} per mille: {3}")
	@CsvSource({ "900, 6, 900, 54", "900, 6, 950, 27", "900, 6, 995, 5.4", "1, 1000, 950, 5", "200, 20, 930, 28",
			"900, 6, 1000, 5.4", "900, 6, 0, 54", "900, 6, 899, 54" })
	void goldenVectors(long maxPass, double minRt, double cpu, double expected) {
		double limit = limits(Priority.DEFAULT).limit(Limits.maxFlight(maxPass, minRt, BUCKET), cpu / 1000);
		assertThat(limit).isCloseTo(expected, offset(1e-9));
	}

	@ParameterizedTest(name = "{0} in a bucket of {2} ms, {1} ms: {3}")
	@CsvSource({ "900, 6, 100, 54", "1, 1000, 100, 10", "1, 1, 100, 1", "9, 10, 100, 1", "11, 10, 100, 1.1",
			"100, 50, 500, 10", "1000000, 60000, 100, 600000000" })
	void bestNumberOfCallsIsTheBestRateByTheBestTime(long maxPass, double minRt, long bucketMillis, double expected) {
		assertThat(Limits.maxFlight(maxPass, minRt, bucketMillis * 1_000_000)).isCloseTo(expected, offset(1e-9));
	}

	@ParameterizedTest(name = "threshold {0}: {1} {2} {3}")
	@CsvSource({ "90, 0.95, 0.90, 0.85", "80, 0.90, 0.80, 0.70", "50, 0.75, 0.50, 0.25", "99, 0.995, 0.99, 0.985" })
	void priorityMovesTheThreshold(int threshold, double critical, double other, double sheddable) {
		assertThat(limits(Priority.CRITICAL, threshold, 1).threshold()).isEqualTo(critical);
		assertThat(limits(Priority.DEFAULT, threshold, 1).threshold()).isEqualTo(other);
		assertThat(limits(Priority.SHEDDABLE, threshold, 1).threshold()).isEqualTo(sheddable);
	}

	@ParameterizedTest(name = "cpu {0}: {1} {2} {3}")
	@CsvSource({ "0.84, 60, 60, 60", "0.85, 60, 60, 60", "0.88, 60, 60, 48", "0.90, 60, 60, 40", "0.94, 60, 36, 24",
			"0.95, 60, 30, 20", "0.97, 36, 18, 12", "0.99, 12, 6, 4", "1, 12, 6, 4" })
	void priorityMovesTheLimit(double cpu, double critical, double other, double sheddable) {
		assertThat(limits(Priority.CRITICAL).limit(60, cpu)).isCloseTo(critical, offset(1e-9));
		assertThat(limits(Priority.DEFAULT).limit(60, cpu)).isCloseTo(other, offset(1e-9));
		assertThat(limits(Priority.SHEDDABLE).limit(60, cpu)).isCloseTo(sheddable, offset(1e-9));
	}

	@Test
	void leastLimitIsInTheSameProportion() {
		assertThat(limits(Priority.CRITICAL, 90, 12).limit(1, 1)).isEqualTo(24);
		assertThat(limits(Priority.DEFAULT, 90, 12).limit(1, 1)).isEqualTo(12);
		assertThat(limits(Priority.SHEDDABLE, 90, 12).limit(1, 1)).isCloseTo(8, offset(1e-9));
	}

	@Test
	void thresholdItselfIsOverload() {
		assertThat(limits(Priority.DEFAULT).isOverloaded(0.9)).isTrue();
		assertThat(limits(Priority.DEFAULT).isOverloaded(Math.nextDown(0.9))).isFalse();
		assertThat(limits(Priority.CRITICAL).isOverloaded(0.9)).isFalse();
		assertThat(limits(Priority.SHEDDABLE).isOverloaded(0.85)).isTrue();
	}

	@Test
	void nothingIsKnownOfAnUnknownLoad() {
		assertThat(limits(Priority.DEFAULT).isOverloaded(Double.NaN)).isFalse();
		assertThat(limits(Priority.DEFAULT).limit(60, Double.NaN)).isNaN();
	}

}
