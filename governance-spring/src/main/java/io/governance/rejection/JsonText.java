// SPDX-License-Identifier: Apache-2.0

package io.governance.rejection;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON object: answers must not depend on a JSON library. Used by one thread.
 */
final class JsonText {

	private final StringBuilder json = new StringBuilder("{");

	/**
	 * Adds a member; nothing for {@code null}.
	 */
	JsonText member(String name, @Nullable String value) {
		if (value != null) {
			raw(name, "\"" + escaped(value) + "\"");
		}
		return this;
	}

	/**
	 * Adds a member whose value is JSON already.
	 */
	JsonText raw(String name, String value) {
		this.json.append((this.json.length() > 1) ? "," : "").append('"').append(name).append("\":").append(value);
		return this;
	}

	private static String escaped(String value) {
		StringBuilder text = new StringBuilder(value.length());
		value.codePoints().forEach((character) -> {
			if (character < ' ') {
				text.append(String.format(Locale.ROOT, "\\u%04x", character));
				return;
			}
			text.append((character == '"' || character == '\\') ? "\\" : "").appendCodePoint(character);
		});
		return text.toString();
	}

	@Override
	public String toString() {
		return this.json + "}";
	}

}
