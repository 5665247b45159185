// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.loadbalancing;

/**
 * Smooth weighted round robin: at each step every host gains its weight, and the richest
 * one is taken and pays the sum of all weights. The steps repeat after that sum, divided
 * by what the weights have in common. Source: nginx's upstream round robin.
 */
final class SmoothSequence {

	/** Steps times hosts: what is made beforehand must be made in milliseconds. */
	private static final long MAX_WORK = 1L << 20;

	private SmoothSequence() {
	}

	/**
	 * Makes one cycle.
	 * @param weights the weights, above 0
	 * @return the places of the hosts in their order; empty where weights are not whole,
	 * or the cycle is too long
	 */
	static int[] of(double[] weights) {
		long divisor = commonDivisor(weights);
		double sum = 0;
		for (double weight : weights) {
			sum += weight;
		}
		if (divisor == 0 || sum / divisor * weights.length > MAX_WORK) {
			return new int[0];
		}
		long total = Math.round(sum / divisor);
		long[] current = new long[weights.length];
		int[] sequence = new int[(int) total];
		for (int step = 0; step < sequence.length; step++) {
			sequence[step] = richest(current, weights, divisor);
			current[sequence[step]] -= total;
		}
		return sequence;
	}

	private static int richest(long[] current, double[] weights, long divisor) {
		int richest = 0;
		for (int i = 0; i < current.length; i++) {
			current[i] += (long) weights[i] / divisor;
			richest = (current[i] > current[richest]) ? i : richest;
		}
		return richest;
	}

	/**
	 * Zero for weights that are not whole.
	 */
	private static long commonDivisor(double[] weights) {
		long divisor = 0;
		for (double weight : weights) {
			if (weight != Math.rint(weight)) {
				return 0;
			}
			long rest = (long) weight;
			while (rest != 0) {
				long next = divisor % rest;
				divisor = rest;
				rest = next;
			}
		}
		return divisor;
	}

}
