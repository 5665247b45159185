// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.propagation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The members of the {@code tracestate} header of W3C Trace Context, level 1, in the
 * order of the caller. Travels with a trace from the request that came in to every call
 * that goes out. Immutable.
 *
 * @param members the members, joined by commas; never empty
 */
record TraceState(String members) {

	static final String NAME = "tracestate";

	static final int MAX_MEMBERS = 32;

	static final int LONG_MEMBER = 128;

	/**
	 * Reads the header lines of a request as one list. Empty members are skipped.
	 * @param headers the lines in their order
	 * @param maxLength how many characters are kept; whole members go first that are
	 * longer than {@value #LONG_MEMBER} characters, then those at the end
	 * @return {@code null} where there is no member or where any member is malformed,
	 * given twice, or the 33rd: such a header is dropped as a whole
	 */
	static @Nullable TraceState read(List<String> headers, int maxLength) {
		List<String> members = new ArrayList<>();
		Set<String> keys = new HashSet<>();
		for (String header : headers) {
			if (!readLine(header, members, keys)) {
				return null;
			}
		}
		shorten(members, maxLength);
		return members.isEmpty() ? null : new TraceState(String.join(",", members));
	}

	private static boolean readLine(String header, List<String> members, Set<String> keys) {
		int start = 0;
		while (start < header.length()) {
			int comma = header.indexOf(',', start);
			int end = (comma < 0) ? header.length() : comma;
			String member = OptionalWhitespace.strip(header, start, end);
			if (!member.isEmpty() && !add(member, members, keys)) {
				return false;
			}
			start = end + 1;
		}
		return true;
	}

	private static boolean add(String member, List<String> members, Set<String> keys) {
		int equals = member.indexOf('=');
		if (equals < 0 || !TraceStateMember.isValue(member, equals + 1)) {
			return false;
		}
		String key = member.substring(0, equals);
		return TraceStateMember.isKey(key) && keys.add(key) && members.add(member) && members.size() <= MAX_MEMBERS;
	}

	private static void shorten(List<String> members, int maxLength) {
		int length = members.size() - 1;
		for (String member : members) {
			length += member.length();
		}
		length = removeFromEnd(members, length, maxLength, LONG_MEMBER);
		removeFromEnd(members, length, maxLength, 0);
	}

	private static int removeFromEnd(List<String> members, int length, int maxLength, int longerThan) {
		int left = length;
		for (int index = members.size() - 1; index >= 0 && left > maxLength; index--) {
			if (members.get(index).length() > longerThan) {
				left -= members.remove(index).length() + 1;
			}
		}
		return left;
	}

}
