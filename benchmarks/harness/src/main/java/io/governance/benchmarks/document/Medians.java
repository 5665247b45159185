// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.document;

import java.util.List;

/**
 * The middle of a few values.
 */
public final class Medians {

	private Medians() {
	}

	/**
	 * The middle one, or the mean of the two in the middle.
	 * @param values the values, one at least
	 * @return the median
	 */
	public static double median(List<Double> values) {
		List<Double> sorted = values.stream().sorted().toList();
		int middle = sorted.size() / 2;
		return (sorted.size() % 2 == 1) ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
	}

}
