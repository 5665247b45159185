// SPDX-License-Identifier: Apache-2.0

package io.governance.client;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads the header {@code Cookie}. Quotes around a value are no part of it, as in the
 * gateway, so that both take the same key from the same cookie.
 */
final class CookieHeader {

	private CookieHeader() {
	}

	/**
	 * The first value of a cookie.
	 * @param values the values of the header
	 * @param name the cookie's name; case matters
	 * @return the value; {@code null} where there is no such cookie
	 */
	static @Nullable String first(List<String> values, String name) {
		for (String value : values) {
			for (String pair : value.split(";")) {
				int equals = pair.indexOf('=');
				if (equals >= 0 && pair.substring(0, equals).trim().equals(name)) {
					return unquoted(pair.substring(equals + 1).trim());
				}
			}
		}
		return null;
	}

	private static String unquoted(String value) {
		boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
		return quoted ? value.substring(1, value.length() - 1) : value;
	}

}
