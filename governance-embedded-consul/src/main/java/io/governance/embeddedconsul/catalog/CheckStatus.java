// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.catalog;

import java.util.Locale;
import java.util.Optional;

/**
 * The state of a check, from good to bad.
 */
public enum CheckStatus {

	/** All is well. */
	PASSING,

	/** Something is odd, the instance still serves. */
	WARNING,

	/** The instance must not be called. */
	CRITICAL;

	/**
	 * The word used on the wire.
	 * @return lower case
	 */
	public String text() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Reads the word used on the wire.
	 * @param text the word
	 * @return empty when it is none of the three
	 */
	public static Optional<CheckStatus> of(String text) {
		for (CheckStatus status : values()) {
			if (status.text().equals(text)) {
				return Optional.of(status);
			}
		}
		return Optional.empty();
	}

}
