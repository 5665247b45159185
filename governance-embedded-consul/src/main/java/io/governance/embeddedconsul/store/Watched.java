// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.store;

import java.util.function.ToLongFunction;

/**
 * What a blocking query looks at. Index and stamp differ for things that do not exist:
 * their index is that of the whole table, which grows with unrelated changes, while their
 * stamp stays.
 *
 * @param index the number that goes into {@code X-Consul-Index}
 * @param stamp a number that differs when, and only when, the watched thing changed
 * @param <S> the state
 */
public record Watched<S>(ToLongFunction<S> index, ToLongFunction<S> stamp) {

	/**
	 * Something whose index is its stamp.
	 * @param index both numbers
	 * @param <S> the state
	 * @return the same number for both
	 */
	public static <S> Watched<S> by(ToLongFunction<S> index) {
		return new Watched<>(index, index);
	}

	/**
	 * The index to report.
	 * @param state the state to look at
	 * @return at least 1, since clients take 0 for "do not block"
	 */
	public long index(S state) {
		return Math.max(1, this.index.applyAsLong(state));
	}

	long stamp(S state) {
		return this.stamp.applyAsLong(state);
	}

}
