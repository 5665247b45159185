// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.tracing;

import java.util.List;

/**
 * The middle of a few values.
 */
final class Medians {

	private Medians() {
	}

	static double median(List<Double> values) {
		List<Double> sorted = values.stream().sorted().toList();
		int middle = sorted.size() / 2;
		return (sorted.size() % 2 == 1) ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
	}

}
