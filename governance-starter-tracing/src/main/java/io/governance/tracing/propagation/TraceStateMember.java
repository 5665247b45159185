// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.propagation;

/**
 * What a key and a value of a {@code tracestate} member may look like, by the grammar of
 * W3C Trace Context, level 1. A key is {@code simple} (starts with a letter, up to 256
 * characters) or {@code tenant@system} (241 and 14 characters; the tenant may start with
 * a digit).
 */
final class TraceStateMember {

	private static final int MAX_KEY = 256;

	private static final int MAX_TENANT = 241;

	private static final int MAX_SYSTEM = 14;

	private static final int MAX_VALUE = 256;

	private TraceStateMember() {
	}

	static boolean isKey(String key) {
		int at = key.indexOf('@');
		if (at < 0) {
			return isName(key, 0, key.length(), MAX_KEY) && isLetter(key.charAt(0));
		}
		return isName(key, 0, at, MAX_TENANT) && (isLetter(key.charAt(0)) || isDigit(key.charAt(0)))
				&& isName(key, at + 1, key.length(), MAX_SYSTEM) && isLetter(key.charAt(at + 1));
	}

	/**
	 * Whether what follows the equals sign is a value. The member must have been
	 * stripped: a value may hold spaces, but not end with one.
	 * @param member the member
	 * @param start where the value begins
	 * @return whether it is a value
	 */
	static boolean isValue(String member, int start) {
		int length = member.length() - start;
		if (length < 1 || length > MAX_VALUE) {
			return false;
		}
		for (int index = start; index < member.length(); index++) {
			char character = member.charAt(index);
			if (character < ' ' || character > '~' || character == ',' || character == '=') {
				return false;
			}
		}
		return true;
	}

	private static boolean isName(String key, int start, int end, int max) {
		if (end <= start || end - start > max) {
			return false;
		}
		for (int index = start; index < end; index++) {
			char character = key.charAt(index);
			if (!isLetter(character) && !isDigit(character) && "_-*/".indexOf(character) < 0) {
				return false;
			}
		}
		return true;
	}

	private static boolean isLetter(char character) {
		return character >= 'a' && character <= 'z';
	}

	private static boolean isDigit(char character) {
		return character >= '0' && character <= '9';
	}

}
