// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.loadbalancing;

import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * Chooses by chance, in proportion to the weights.
 */
final class RandomPicker extends HostPicker {

	private final HostDraw draw;

	RandomPicker(WeightedHosts hosts, RandomGenerator random) {
		super(hosts, random);
		this.draw = new HostDraw(hosts, random);
	}

	@Override
	int next(@Nullable String key, long nowNanos) {
		return this.draw.next();
	}

}
