// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.loadbalancing;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * Chooses in turn. Equal weights: one after the other. Whole weights whose cycle is
 * short: a smooth sequence made beforehand. Others: evenly spread points on the hosts'
 * weights laid end to end.
 */
final class RoundRobinPicker extends HostPicker {

	private final Turns turns;

	private final AtomicInteger turn;

	RoundRobinPicker(WeightedHosts hosts, RandomGenerator random) {
		this(hosts, random, new AtomicInteger(random.nextInt()));
	}

	/**
	 * Goes on with the turns of another one.
	 */
	RoundRobinPicker(WeightedHosts hosts, RandomGenerator random, RoundRobinPicker before) {
		this(hosts, random, before.turn);
	}

	RoundRobinPicker(WeightedHosts hosts, RandomGenerator random, AtomicInteger turn) {
		super(hosts, random);
		this.turn = turn;
		this.turns = Turns.of(hosts);
	}

	@Override
	int next(@Nullable String key, long nowNanos) {
		return this.turns.host(this.turn.getAndIncrement());
	}

	/** Whose turn it is. */
	interface Turns {

		int host(int turn);

		static Turns of(WeightedHosts hosts) {
			int size = hosts.size();
			if (hosts.areEqual()) {
				return (turn) -> Integer.remainderUnsigned(turn, size);
			}
			int[] sequence = SmoothSequence.of(hosts.weights());
			if (sequence.length > 0) {
				return (turn) -> sequence[Integer.remainderUnsigned(turn, sequence.length)];
			}
			return new SpreadTurns(hosts.weights());
		}

	}

}
