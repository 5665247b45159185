// SPDX-License-Identifier: Apache-2.0

package io.governance.rejection;

import java.util.Comparator;

/**
 * A value of a request that is not as it must be. Does not hold the value itself: it may
 * be a secret.
 *
 * @param location where it is: {@code body}, {@code query}, {@code path}, {@code header},
 * {@code cookie}, or {@code request} for a condition on several of them
 * @param name its name, or its path in the body, such as {@code items[2].sku}; empty for
 * the whole
 * @param message what was expected, for people
 */
public record InvalidValue(String location, String name, String message) implements Comparable<InvalidValue> {

	private static final Comparator<InvalidValue> ORDER = Comparator.comparing(InvalidValue::location)
		.thenComparing(InvalidValue::name)
		.thenComparing(InvalidValue::message);

	@Override
	public int compareTo(InvalidValue other) {
		return ORDER.compare(this, other);
	}

}
