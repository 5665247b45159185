// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.loadbalancing;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Draws hosts by chance, in proportion to their weights, in constant time: evenly where
 * the weights are equal, else from an alias table (Vose's method, made in linear time).
 * In the table each place holds up to two hosts, and the chance of the first of them.
 */
final class HostDraw {

	private static final int REDRAWS = 3;

	private final int size;

	private final double[] chances;

	private final int[] aliases;

	private final boolean even;

	private final RandomGenerator random;

	HostDraw(WeightedHosts hosts, RandomGenerator random) {
		this.size = hosts.size();
		this.even = hosts.areEqual();
		this.chances = new double[this.even ? 0 : this.size];
		this.aliases = new int[this.even ? 0 : this.size];
		this.random = random;
		if (!this.even) {
			fill(hosts.weights());
		}
	}

	private void fill(double[] weights) {
		double sum = Arrays.stream(weights).sum();
		int[] places = new int[this.size];
		int poor = 0;
		int rich = this.size;
		for (int i = 0; i < this.size; i++) {
			this.chances[i] = weights[i] * this.size / sum;
			places[(this.chances[i] < 1) ? poor++ : --rich] = i;
		}
		while (poor > 0 && rich < this.size) {
			int taker = places[--poor];
			int giver = places[rich];
			this.aliases[taker] = giver;
			this.chances[giver] -= 1 - this.chances[taker];
			if (this.chances[giver] < 1) {
				rich++;
				places[poor++] = giver;
			}
		}
		// what is left differs from 1 by rounding only
		settle(places, 0, poor);
		settle(places, rich, this.size);
	}

	private void settle(int[] places, int from, int to) {
		for (int i = from; i < to; i++) {
			this.chances[places[i]] = 1;
		}
	}

	int next() {
		if (this.size == 1) {
			return 0;
		}
		int place = this.random.nextInt(this.size);
		return (this.even || this.random.nextDouble() < this.chances[place]) ? place : this.aliases[place];
	}

	/**
	 * Draws another one than the first, as far as a few draws find one.
	 */
	int nextBeside(int first) {
		if (this.size == 1) {
			return first;
		}
		if (this.even) {
			int other = this.random.nextInt(this.size - 1);
			return (other >= first) ? other + 1 : other;
		}
		int other = first;
		for (int i = 0; i < REDRAWS && other == first; i++) {
			other = next();
		}
		return other;
	}

}
