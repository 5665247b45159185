// SPDX-License-Identifier: Apache-2.0

package io.governance.logging;

import java.util.regex.Pattern;

/**
 * Text that somebody else wrote, as a value of a log line: one line, without what ends
 * the value, and not for ever.
 */
public final class LogText {

	private static final Pattern SPACE = Pattern.compile("[\\s\\p{Cntrl}\\x{85}\\x{2028}\\x{2029}]+");

	private static final int LONGEST = 500;

	private LogText() {
	}

	/**
	 * Makes a text fit.
	 * @param text anything
	 * @return one line of at most 500 characters and a mark that there were more; double
	 * quotes are single ones
	 */
	public static String of(String text) {
		String line = SPACE.matcher(text).replaceAll(" ").strip().replace('"', '\'');
		return (line.length() > LONGEST) ? line.substring(0, LONGEST) + "..." : line;
	}

}
