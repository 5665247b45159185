// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Writes named fields as one line that holds no control character.
 */
final class LineFormats {

	/** Begins the names of fields that are request headers. */
	static final String HEADER = "request_header_";

	private static final Set<String> QUOTED = Set.of("upstream_transport_failure_reason", "x_forwarded_for",
			"user_agent", "x_request_id", "authority", "upstream_host");

	private static final String MISSING = "-";

	private LineFormats() {
	}

	/**
	 * The values in their order, as Envoy puts them; headers asked for come last, by
	 * name.
	 */
	static String text(Map<String, @Nullable Object> fields) {
		StringBuilder line = new StringBuilder(256);
		fields.forEach((name, value) -> textField(line, name, value));
		return line.toString();
	}

	private static void textField(StringBuilder line, String name, @Nullable Object value) {
		String text = (value != null) ? value.toString() : MISSING;
		switch (name) {
			case "start_time" -> line.append('[').append(text).append("] ");
			case "method" -> escape(line.append('"'), text).append(' ');
			case "path" -> escape(line, text).append(' ');
			case "protocol" -> escape(line, text).append('"');
			default -> {
				line.append(' ');
				if (name.startsWith(HEADER)) {
					line.append(name.substring(HEADER.length())).append('=');
				}
				quoted(line, text, QUOTED.contains(name) || name.startsWith(HEADER));
			}
		}
	}

	private static void quoted(StringBuilder line, String text, boolean quoted) {
		if (quoted) {
			escape(line.append('"'), text).append('"');
		}
		else {
			escape(line, text);
		}
	}

	/**
	 * One object; a field without a value is left out.
	 */
	static String json(Map<String, @Nullable Object> fields) {
		StringBuilder line = new StringBuilder(512).append('{');
		fields.forEach((name, value) -> {
			if (value != null) {
				line.append((line.length() > 1) ? "," : "");
				escape(line.append('"'), name).append("\":");
				jsonValue(line, value);
			}
		});
		return line.append('}').toString();
	}

	private static void jsonValue(StringBuilder line, Object value) {
		if (value instanceof Number) {
			line.append(value);
		}
		else {
			escape(line.append('"'), value.toString()).append('"');
		}
	}

	/**
	 * Escapes as JSON does, which reads well in text too.
	 */
	private static StringBuilder escape(StringBuilder line, String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			switch (c) {
				case '"', '\\' -> line.append('\\').append(c);
				case '\n' -> line.append("\\n");
				case '\r' -> line.append("\\r");
				case '\t' -> line.append("\\t");
				default -> {
					if (isUnsafe(c)) {
						line.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
					}
					else {
						line.append(c);
					}
				}
			}
		}
		return line;
	}

	/**
	 * Control characters, line separators, and what turns the direction of text around.
	 */
	private static boolean isUnsafe(char c) {
		return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT || c == '\u2028' || c == '\u2029';
	}

}
