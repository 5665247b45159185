// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.concurrencylimit;

import java.util.List;

import io.governance.policy.concurrencylimit.Window.Sample;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

class Gradient2PropertyTests {

	@Provide
	Arbitrary<List<Sample>> samples() {
		return Combinators
			.combine(Arbitraries.doubles().between(100_000, 6e11), Arbitraries.integers().between(0, 16_384),
					Arbitraries.integers().between(0, 100), Arbitraries.integers().between(0, 300_000))
			.as((nanos, timed, dropped, most) -> new Sample((timed > 0) ? nanos : 0, timed, dropped, most))
			.list()
			.ofMaxSize(100);
	}

	@Property(tries = 300)
	void limitStaysWithinItsBoundsAndMovesNoFurtherThanItMay(@ForAll("samples") List<Sample> samples,
			@ForAll @IntRange(min = 1, max = 100) int min, @ForAll @IntRange(min = 0, max = 1_000) int span,
			@ForAll @DoubleRange(min = 0.01, max = 1) double smoothing) {
		ConcurrencyLimitRule rule = LimitTestBed.rule("min=" + min, "max=" + (min + span), "smoothing=" + smoothing);
		Gradient2 estimate = Gradient2.startingAt(rule.initial());
		for (Sample sample : samples) {
			Gradient2 next = estimate.next(sample, rule);
			assertThat(next.limit()).isBetween((double) min, (double) min + span);
			assertThat(next.limit()).isBetween(estimate.limit() * (1 - smoothing / 2) - 1e-6,
					estimate.limit() + smoothing * rule.queue() + 1e-6);
			assertThat(next.usual()).isNotNaN().isGreaterThanOrEqualTo(0);
			estimate = next;
		}
	}

	@Property(tries = 300)
	void usualTimeIsNeverLongerThanTheLongest(@ForAll("samples") List<Sample> samples) {
		ConcurrencyLimitRule rule = LimitTestBed.rule();
		Gradient2 estimate = Gradient2.startingAt(rule.initial());
		double longest = 0;
		for (Sample sample : samples) {
			longest = Math.max(longest, sample.nanos());
			estimate = estimate.next(sample, rule);
			assertThat(estimate.usual()).isLessThanOrEqualTo(longest * (1 + 1e-9));
		}
	}

}
