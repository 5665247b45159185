// SPDX-License-Identifier: Apache-2.0

package io.governance.request;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * The query of a request. Read from the text, not through the server's parameters: those
 * may read the body. Immutable.
 *
 * @param raw the text behind the question mark, still encoded; {@code null} for none
 */
public record QueryString(@Nullable String raw) {

	/**
	 * The first value of a parameter.
	 * @param name its name, decoded
	 * @return the value, decoded; empty for a parameter without one; {@code null} where
	 * there is no such parameter
	 */
	public @Nullable String first(String name) {
		if (this.raw == null) {
			return null;
		}
		for (int start = 0; start <= this.raw.length();) {
			int end = end(this.raw, '&', start, this.raw.length());
			int equals = end(this.raw, '=', start, end);
			if (decode(this.raw.substring(start, equals)).equals(name)) {
				return (equals < end) ? decode(this.raw.substring(equals + 1, end)) : "";
			}
			start = end + 1;
		}
		return null;
	}

	private static int end(String text, char character, int from, int limit) {
		int found = text.indexOf(character, from);
		return (found < 0 || found > limit) ? limit : found;
	}

	private static String decode(String text) {
		if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
			return text;
		}
		try {
			return URLDecoder.decode(text, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return text;
		}
	}

}
