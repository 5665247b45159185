// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.tracing;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import io.governance.benchmarks.document.Medians;
import io.governance.benchmarks.load.LoadGenerator;
import io.governance.benchmarks.load.LoadResult;
import io.governance.benchmarks.load.Pace;
import io.governance.time.TimeSource;

/**
 * Measures variants in turn. The order moves on by one with each round, so that none is
 * always first. The first variant is the base of all ratios; the fixed rate is half of
 * its throughput.
 */
final class Comparison {

	private static final int CONNECTIONS = 16;

	private static final double SHARE = 0.5;

	private static final double MICROSECONDS = 1e6;

	private final List<Variant> variants;

	private final Duration each;

	Comparison(List<Variant> variants, Duration each) {
		this.variants = variants;
		this.each = each;
	}

	void warmUp(Duration duration) throws IOException {
		for (Variant variant : this.variants) {
			run(variant, Pace.CLOSED, duration);
		}
	}

	void measure(int rounds) throws IOException {
		for (int round = 0; round < rounds; round++) {
			for (int turn = 0; turn < this.variants.size(); turn++) {
				Variant variant = this.variants.get((round + turn) % this.variants.size());
				variant.saturated().add(run(variant, Pace.CLOSED, this.each));
			}
			Pace steady = Pace.open(this.variants.get(0).throughput() * SHARE);
			for (int turn = 0; turn < this.variants.size(); turn++) {
				Variant variant = this.variants.get((round + turn) % this.variants.size());
				variant.steady().add(run(variant, steady, this.each));
			}
			System.out.printf("round %d of %d done%n", round + 1, rounds);
		}
	}

	private static LoadResult run(Variant variant, Pace pace, Duration duration) throws IOException {
		LoadGenerator load = new LoadGenerator(TimeSource.system(), variant.server().port(), variant.path());
		return load.run(pace, CONNECTIONS, duration);
	}

	String table() {
		Variant base = this.variants.get(0);
		StringBuilder table = new StringBuilder(
				"| | requests/s | of the first | range | µs more | p50 ms | p99 ms | not answered |\n|---|---|---|---|---|---|---|---|\n");
		for (Variant variant : this.variants) {
			List<Double> ratios = variant.ratios(base);
			double ratio = Medians.median(ratios);
			table.append("| %s | %,.0f | %.3f | %.3f to %.3f | %.1f | %.2f | %.2f | %d |%n".formatted(variant.name(),
					variant.throughput(), ratio, ratios.stream().min(Double::compare).orElseThrow(),
					ratios.stream().max(Double::compare).orElseThrow(),
					MICROSECONDS / base.throughput() * (1 / ratio - 1), variant.millis(50), variant.millis(99),
					variant.lost()));
		}
		return table.toString();
	}

}
