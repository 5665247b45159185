// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * A source of chance of which a test can see what it gives next.
 */
final class ScriptedChance implements RandomGenerator {

	private final Random random;

	private final Deque<Double> ahead = new ArrayDeque<>();

	ScriptedChance(long seed) {
		this.random = new Random(seed);
	}

	/**
	 * What the source gives after so many others.
	 */
	double peek(int others) {
		while (this.ahead.size() <= others) {
			this.ahead.add(this.random.nextDouble());
		}
		return this.ahead.stream().skip(others).findFirst().orElseThrow();
	}

	@Override
	public double nextDouble() {
		peek(0);
		return this.ahead.remove();
	}

	@Override
	public long nextLong() {
		throw new UnsupportedOperationException("no policy that admits asks for it");
	}

}
