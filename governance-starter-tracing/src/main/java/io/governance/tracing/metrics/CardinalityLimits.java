// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics;

import java.util.List;

/**
 * How many series meters may have whose tags come from requests.
 *
 * @param maxTagValues values of one tag of one meter, {@code _other} included; 2 or more
 * @param maxSeries series of one meter, those of what overflows included; 2 or more
 * @param meters the names of the bounded meters; each also stands for the names that
 * begin with it and a dot
 */
public record CardinalityLimits(int maxTagValues, int maxSeries, List<String> meters) {

	/**
	 * Copies the list.
	 */
	public CardinalityLimits {
		if (maxTagValues < 2 || maxSeries < 2) {
			throw new IllegalArgumentException(
					"limits: " + maxTagValues + " values, " + maxSeries + " series (expected: 2 or more)");
		}
		meters = List.copyOf(meters);
	}

	/**
	 * How many series have all their own values.
	 * @return three quarters of {@code maxSeries}; the others are for what overflows
	 */
	public int ownSeries() {
		return this.maxSeries - overflowSeries();
	}

	int overflowSeries() {
		return Math.max(1, this.maxSeries / 4);
	}

}
