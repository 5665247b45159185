// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides the user-info of URLs in a text: all between {@code ://} and the last at sign of
 * an authority. An authority ends where whoever reads it ends it: one that is written
 * plainly at a plain slash, question mark or hash, so that an encoded one is a part of a
 * password; one that is encoded once or twice at those too that are encoded as often. An
 * authority is never looked at twice, which keeps the time linear.
 */
final class AddressCredentials {

	/** The slashes tell how often an address is encoded. */
	private static final Pattern BEGIN = Pattern.compile("(?<=:|%3a|%253a)(?:(?:/|(%2f)|(%252f))(?:/|(%2f)|(%252f)))",
			Pattern.CASE_INSENSITIVE);

	private static final String END = "[/?#\\s]";

	/** By the number of times that an address is encoded. */
	private static final List<Pattern> ENDS = ends(END);

	/** An encoded address in a query holds no separator of parameters. */
	private static final List<Pattern> ENDS_IN_QUERY = ends(END + "|&");

	private static final List<String> AT = List.of("@", "%40", "%2540");

	private AddressCredentials() {
	}

	private static List<Pattern> ends(String encoded) {
		return List.of(Pattern.compile(END), Pattern.compile(encoded + "|%(?:2f|3f|23)", Pattern.CASE_INSENSITIVE),
				Pattern.compile(encoded + "|%(?:25)?(?:2f|3f|23)", Pattern.CASE_INSENSITIVE));
	}

	static String masked(String text, boolean query) {
		Matcher begin = BEGIN.matcher(text);
		if (!begin.find()) {
			return text;
		}
		StringBuilder masked = new StringBuilder(text.length());
		int done = 0;
		int end;
		do {
			end = end(text, begin.end(), (query ? ENDS_IN_QUERY : ENDS).get(encoded(begin)));
			int at = at(text, begin.end(), end);
			if (at >= 0) {
				masked.append(text, done, begin.end()).append(Masking.MASK);
				done = at;
			}
		}
		while (begin.find(end));
		return masked.append(text, done, text.length()).toString();
	}

	private static int encoded(Matcher begin) {
		if (begin.group(2) != null || begin.group(4) != null) {
			return 2;
		}
		return (begin.group(1) != null || begin.group(3) != null) ? 1 : 0;
	}

	private static int end(String text, int from, Pattern ending) {
		Matcher found = ending.matcher(text);
		return found.find(from) ? found.start() : text.length();
	}

	/**
	 * The last at sign. A text that was cut may lack it.
	 * @return where it is; negative where there is none
	 */
	private static int at(String text, int from, int end) {
		if (end == text.length() && end > from && text.charAt(end - 1) == AccessRecord.CUT) {
			return end - 1;
		}
		String authority = text.substring(from, end);
		int last = AT.stream().mapToInt(authority::lastIndexOf).max().orElse(-1);
		return (last >= 0) ? from + last : -1;
	}

}
