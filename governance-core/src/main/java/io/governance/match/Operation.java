// SPDX-License-Identifier: Apache-2.0

package io.governance.match;

import io.governance.policy.Call;

/**
 * What a call wants, in few enough words that state can be kept for each: its method and
 * its path, what looks like an identifier left out, such as {@code GET /orders/{}}.
 * Identifiers are segments that begin with a digit, hold three digits or more, are
 * encoded, or are longer than {@value #LONGEST} characters; segments beyond the
 * {@value #DEEPEST}th are left out as well. So {@code v1} and {@code oauth2} stay, and so
 * do names of people: whoever keeps state by operation must bound it.
 */
final class Operation {

	static final int LONGEST = 32;

	static final int DEEPEST = 8;

	private static final String IDENTIFIER = "{}";

	private static final int DIGITS = 3;

	private Operation() {
	}

	static String of(Call call) {
		String path = call.path();
		if (call.isLocal()) {
			return path.substring(1);
		}
		StringBuilder operation = new StringBuilder(call.method().length() + path.length() + 1);
		operation.append(call.method()).append(' ');
		int depth = 0;
		int start = 1;
		while (start <= path.length() && depth < DEEPEST) {
			int slash = path.indexOf('/', start);
			int end = (slash < 0) ? path.length() : slash;
			append(operation.append('/'), path, start, end);
			start = end + 1;
			depth++;
		}
		return operation.toString();
	}

	private static void append(StringBuilder operation, String path, int start, int end) {
		if (isIdentifier(path, start, end)) {
			operation.append(IDENTIFIER);
		}
		else {
			operation.append(path, start, end);
		}
	}

	private static boolean isIdentifier(String path, int start, int end) {
		if (end - start > LONGEST) {
			return true;
		}
		int digits = 0;
		for (int i = start; i < end; i++) {
			char character = path.charAt(i);
			boolean digit = character >= '0' && character <= '9';
			digits += digit ? 1 : 0;
			if (character == '%' || digits >= DIGITS || (digit && i == start)) {
				return true;
			}
		}
		return false;
	}

}
