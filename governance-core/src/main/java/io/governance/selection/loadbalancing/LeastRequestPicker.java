// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.loadbalancing;

import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * Draws a few hosts, in proportion to their weights, and takes the one with the fewest
 * attempts under way for its weight; of equal ones the first.
 */
final class LeastRequestPicker extends HostPicker {

	private final HostDraw draw;

	private final double[] weights;

	private final int choices;

	LeastRequestPicker(WeightedHosts hosts, int choices, RandomGenerator random) {
		super(hosts, random);
		this.draw = new HostDraw(hosts, random);
		this.weights = hosts.weights();
		this.choices = choices;
	}

	@Override
	int next(@Nullable String key, long nowNanos) {
		int best = this.draw.next();
		double least = load(best);
		for (int i = 1; i < this.choices && least > 0; i++) {
			int other = this.draw.nextBeside(best);
			double load = load(other);
			if (load < least) {
				best = other;
				least = load;
			}
		}
		return best;
	}

	private double load(int index) {
		return host(index).active() / this.weights[index];
	}

}
