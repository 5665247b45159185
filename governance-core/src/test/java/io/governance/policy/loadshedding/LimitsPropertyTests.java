// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.loadshedding;

import io.governance.policy.Call.Priority;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

class LimitsPropertyTests {

	@Property
	void whatMattersLessHasTheLowerLimitAndNoneRisesWithTheLoad(@ForAll @IntRange(min = 50, max = 99) int threshold,
			@ForAll @IntRange(min = 1, max = 1_000) int minLimit, @ForAll @DoubleRange(min = 1, max = 1e6) double best,
			@ForAll @DoubleRange(min = 0, max = 1) double cpu, @ForAll @DoubleRange(min = 0, max = 1) double more) {
		double before = Double.POSITIVE_INFINITY;
		for (Priority priority : Priority.values()) {
			Limits limits = Limits.of(SheddingTestBed.rule(threshold, minLimit), priority);
			double limit = limits.limit(best, cpu);
			assertThat(limit).isLessThanOrEqualTo(before)
				.isPositive()
				.isLessThanOrEqualTo(Math.max(best, minLimit * 2));
			assertThat(limits.limit(best, Math.max(cpu, more))).isLessThanOrEqualTo(limit);
			before = limit;
		}
	}

}
