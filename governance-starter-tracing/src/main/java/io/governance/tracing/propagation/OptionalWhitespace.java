// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.propagation;

/**
 * The optional whitespace (spaces and tabs) that HTTP allows around the value of a header
 * and around the members of a list.
 */
final class OptionalWhitespace {

	private OptionalWhitespace() {
	}

	static String strip(String text) {
		return strip(text, 0, text.length());
	}

	static String strip(String text, int from, int to) {
		int start = from;
		int end = to;
		while (start < end && isBlank(text.charAt(start))) {
			start++;
		}
		while (end > start && isBlank(text.charAt(end - 1))) {
			end--;
		}
		return text.substring(start, end);
	}

	private static boolean isBlank(char character) {
		return character == ' ' || character == '\t';
	}

}
