// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.adaptivebreaker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NoSuchElementException;
import java.util.random.RandomGenerator;

/**
 * Chance as a test writes it. What is drawn and was not written is an error, or always
 * the same.
 */
final class ScriptedRandom implements RandomGenerator {

	/** Holds back whatever may be held back. */
	static final double REJECTING = 0;

	/** Lets pass whatever may pass. */
	static final double PASSING = Math.nextDown(1.0);

	private final Deque<Double> draws = new ArrayDeque<>();

	private double always = Double.NaN;

	static ScriptedRandom always(double draw) {
		ScriptedRandom random = new ScriptedRandom();
		random.fromNowOn(draw);
		return random;
	}

	void fromNowOn(double draw) {
		this.always = draw;
	}

	void then(double draw) {
		this.draws.add(draw);
	}

	boolean isUsedUp() {
		return this.draws.isEmpty();
	}

	@Override
	public double nextDouble() {
		if (!this.draws.isEmpty()) {
			return this.draws.remove();
		}
		if (Double.isNaN(this.always)) {
			throw new NoSuchElementException("nothing was to be drawn");
		}
		return this.always;
	}

	@Override
	public long nextLong() {
		throw new UnsupportedOperationException("only doubles are drawn");
	}

}
