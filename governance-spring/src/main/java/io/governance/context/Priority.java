// SPDX-License-Identifier: Apache-2.0

package io.governance.context;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What load shedding drops last and first.
 */
public enum Priority {

	/** Dropped last. */
	CRITICAL,

	/** Everything that says nothing else. */
	DEFAULT,

	/** Dropped first. */
	SHEDDABLE;

	/**
	 * The value on the wire.
	 * @return the name in lower case
	 */
	public String wireValue() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Reads a value from the wire.
	 * @param value the header's value
	 * @return the priority; {@link #DEFAULT} for what is absent or unknown
	 */
	public static Priority fromWire(@Nullable String value) {
		for (Priority priority : values()) {
			if (priority.wireValue().equalsIgnoreCase(value)) {
				return priority;
			}
		}
		return DEFAULT;
	}

}
