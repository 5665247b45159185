// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.store;

/**
 * The outcome of a transition.
 *
 * @param state the next state; the same reference when nothing changed
 * @param accepted whether the writer's condition held (check-and-set)
 * @param <S> the state
 */
public record Change<S>(S state, boolean accepted) {

	/**
	 * An unconditional change.
	 * @param state the next state
	 * @param <S> the state
	 * @return an accepted change
	 */
	public static <S> Change<S> to(S state) {
		return new Change<>(state, true);
	}

}
