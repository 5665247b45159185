// SPDX-License-Identifier: Apache-2.0

package io.governance.match;

import java.util.List;

import io.governance.policy.Outcome;

/**
 * Conditions on how an attempt ended, to be tested for each call: what they say of a
 * plain response is known beforehand. Immutable and thread-safe.
 */
public final class OutcomeTest {

	private static final int STATUSES = 600;

	private final List<OutcomeMatch> conditions;

	private final boolean[] statuses = new boolean[STATUSES];

	/**
	 * Compiles conditions.
	 * @param conditions the conditions
	 */
	public OutcomeTest(List<OutcomeMatch> conditions) {
		this.conditions = List.copyOf(conditions);
		for (int status = 0; status < STATUSES; status++) {
			this.statuses[status] = OutcomeMatch.any(conditions, Outcome.response(status, false, 0));
		}
	}

	/**
	 * As {@link OutcomeMatch#any}.
	 * @param outcome how an attempt ended
	 * @return whether one of the conditions holds, and no exception is left out
	 */
	public boolean matches(Outcome outcome) {
		boolean known = outcome.kind() == Outcome.Kind.RESPONSE && !outcome.notProcessed() && outcome.error() == null
				&& outcome.status() >= 0 && outcome.status() < STATUSES;
		return known ? this.statuses[outcome.status()] : OutcomeMatch.any(this.conditions, outcome);
	}

}
