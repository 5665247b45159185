// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.baggage;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The text form of the W3C {@code baggage} header:
 * {@code key=value;property,key=value,...}, values percent-encoded UTF-8. Reading takes
 * one pass over the header and keeps nothing but the wanted keys; the first entry of a
 * key wins; properties of an entry are dropped. Values that are empty, longer than
 * {@value #MAX_VALUE_LENGTH} characters or hold control characters (which could forge log
 * lines) are treated as absent, in both directions. Header lines are read as one list, of
 * which {@value #MAX_MEMBERS} members in {@value #MAX_LENGTH} characters count, as the
 * specification asks at least; no more are written.
 */
final class BaggageHeader {

	static final String NAME = "baggage";

	static final int MAX_VALUE_LENGTH = 256;

	static final int MAX_MEMBERS = 64;

	static final int MAX_LENGTH = 8192;

	private static final String NOT_BAGGAGE_OCTETS = "\",;\\%";

	private static final String HEX = "0123456789ABCDEF";

	private BaggageHeader() {
	}

	static Map<String, String> read(List<String> lines, Set<String> keys) {
		if (lines.isEmpty() || keys.isEmpty()) {
			return Map.of();
		}
		String header = String.join(",", lines);
		Map<String, String> values = new LinkedHashMap<>();
		int members = 0;
		int start = 0;
		while (start < header.length() && members < MAX_MEMBERS) {
			int comma = header.indexOf(',', start);
			int end = (comma < 0) ? header.length() : comma;
			if (end > MAX_LENGTH) {
				break;
			}
			String entry = header.substring(start, end);
			members += entry.isBlank() ? 0 : 1;
			readEntry(entry, keys, values);
			start = end + 1;
		}
		return values;
	}

	static <T> @Nullable String write(Map<String, T> fields, Function<T, @Nullable String> values) {
		StringBuilder header = null;
		int members = 0;
		for (Map.Entry<String, T> field : fields.entrySet()) {
			String value = values.apply(field.getValue());
			if (value != null && members < MAX_MEMBERS && acceptable(value)) {
				header = (header != null) ? header : new StringBuilder();
				members += append(header, field.getKey(), value) ? 1 : 0;
			}
		}
		return (members > 0) ? String.valueOf(header) : null;
	}

	private static boolean append(StringBuilder header, String key, String value) {
		int before = header.length();
		header.append(header.isEmpty() ? "" : ",").append(key).append('=');
		encode(value, header);
		if (header.length() > MAX_LENGTH) {
			header.setLength(before);
		}
		return header.length() > before;
	}

	private static void readEntry(String entry, Set<String> keys, Map<String, String> values) {
		int equals = entry.indexOf('=');
		if (equals < 0) {
			return;
		}
		String key = entry.substring(0, equals).trim();
		if (!keys.contains(key)) {
			return;
		}
		int properties = entry.indexOf(';', equals);
		String value = decode(entry.substring(equals + 1, (properties < 0) ? entry.length() : properties).trim());
		if (acceptable(value)) {
			values.putIfAbsent(key, value);
		}
	}

	private static boolean acceptable(String value) {
		if (value.isEmpty() || value.length() > MAX_VALUE_LENGTH) {
			return false;
		}
		for (int index = 0; index < value.length(); index++) {
			if (Character.isISOControl(value.charAt(index))) {
				return false;
			}
		}
		return true;
	}

	private static String decode(String value) {
		if (value.indexOf('%') < 0) {
			return value;
		}
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length());
		int index = 0;
		while (index < value.length()) {
			int octet = octet(value, index);
			if (octet >= 0) {
				bytes.write(octet);
				index += 3;
			}
			else {
				int codePoint = value.codePointAt(index);
				bytes.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
				index += Character.charCount(codePoint);
			}
		}
		return bytes.toString(StandardCharsets.UTF_8);
	}

	private static int octet(String value, int index) {
		if (value.charAt(index) != '%' || index + 2 >= value.length()) {
			return -1;
		}
		int high = Character.digit(value.charAt(index + 1), 16);
		int low = Character.digit(value.charAt(index + 2), 16);
		return (high < 0 || low < 0) ? -1 : high * 16 + low;
	}

	private static void encode(String value, StringBuilder target) {
		for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
			if (octet > ' ' && octet < 0x7f && NOT_BAGGAGE_OCTETS.indexOf(octet) < 0) {
				target.append((char) octet);
			}
			else {
				target.append('%').append(HEX.charAt((octet & 0xff) >> 4)).append(HEX.charAt(octet & 0xf));
			}
		}
	}

}
