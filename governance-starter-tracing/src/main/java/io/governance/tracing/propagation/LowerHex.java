// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.propagation;

/**
 * Digits of ids and flags as the trace formats ask for them: lower-case, of a fixed
 * length.
 */
final class LowerHex {

	private LowerHex() {
	}

	static boolean isHex(CharSequence text, int start, int end) {
		if (end > text.length()) {
			return false;
		}
		for (int index = start; index < end; index++) {
			char digit = text.charAt(index);
			if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
				return false;
			}
		}
		return true;
	}

	static long parse(CharSequence text, int start, int end) {
		return Long.parseUnsignedLong(text, start, end, 16);
	}

}
