// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.loadbalancing;

import java.util.Arrays;

import io.governance.match.KeyHash;

/**
 * Turns for weights without a short cycle. The multiples of the golden ratio, of which
 * only the fraction counts, are spread over 0 to 1 as evenly as points can be at every
 * length, so each host gets its share to within the logarithm of the number of turns; its
 * place is found by binary search. A static stride over the hosts would have to walk past
 * the light ones.
 */
final class SpreadTurns implements RoundRobinPicker.Turns {

	/** The golden ratio's fraction, in units of 2^-64. */
	private static final long GOLDEN = 0x9E3779B97F4A7C15L;

	private final double[] ends;

	SpreadTurns(double[] weights) {
		double sum = Arrays.stream(weights).sum();
		this.ends = new double[weights.length];
		double end = 0;
		for (int i = 0; i < weights.length; i++) {
			end += weights[i];
			this.ends[i] = end / sum;
		}
	}

	@Override
	public int host(int turn) {
		int found = Arrays.binarySearch(this.ends, KeyHash.share(turn * GOLDEN));
		return Math.min((found >= 0) ? found + 1 : -found - 1, this.ends.length - 1);
	}

}
