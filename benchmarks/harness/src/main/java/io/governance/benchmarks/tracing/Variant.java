// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.tracing;

import java.util.ArrayList;
import java.util.List;

import io.governance.benchmarks.document.Medians;
import io.governance.benchmarks.load.LoadResult;
import io.governance.benchmarks.process.ServerProcess;

/**
 * One thing that is measured, with its measurements, one of each list for each round.
 *
 * @param name what the table calls it
 * @param server the running program
 * @param path what is asked for
 * @param saturated results as fast as answers come
 * @param steady results at the fixed rate
 */
record Variant(String name, ServerProcess server, String path, List<LoadResult> saturated, List<LoadResult> steady) {

	Variant(String name, ServerProcess server, String path) {
		this(name, server, path, new ArrayList<>(), new ArrayList<>());
	}

	double throughput() {
		return Medians.median(this.saturated.stream().map(LoadResult::perSecond).toList());
	}

	double millis(double percentile) {
		return Medians.median(this.steady.stream().map((result) -> result.millis(percentile)).toList());
	}

	List<Double> ratios(Variant base) {
		List<Double> ratios = new ArrayList<>();
		for (int round = 0; round < this.saturated.size(); round++) {
			ratios.add(this.saturated.get(round).perSecond() / base.saturated.get(round).perSecond());
		}
		return ratios;
	}

	long lost() {
		return this.saturated.stream().mapToLong(LoadResult::failed).sum()
				+ this.steady.stream().mapToLong((result) -> result.failed() + result.unanswered()).sum();
	}

}
