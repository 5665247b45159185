// SPDX-License-Identifier: Apache-2.0

package io.governance.answer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A whole answer to a call. Immutable, as long as nobody writes to the body.
 *
 * @param status the HTTP status
 * @param headers its headers, by name in any case
 * @param body its body; not to be changed
 */
public record Answer(int status, Map<String, List<String>> headers, byte[] body) {

	/**
	 * Copies the headers.
	 */
	public Answer {
		headers = Collections.unmodifiableMap(byName(headers));
	}

	static Map<String, List<String>> byName(Map<String, List<String>> headers) {
		Map<String, List<String>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.forEach((name, values) -> byName.merge(name, List.copyOf(values), Answer::joined));
		return byName;
	}

	private static List<String> joined(List<String> some, List<String> more) {
		List<String> all = new ArrayList<>(some);
		all.addAll(more);
		return List.copyOf(all);
	}

	/**
	 * The same answer with a header.
	 * @param name its name
	 * @param value its only value
	 * @return the answer
	 */
	public Answer with(String name, String value) {
		Map<String, List<String>> more = byName(this.headers);
		more.put(name, List.of(value));
		return new Answer(this.status, more, this.body);
	}

	/**
	 * What of this answer goes to the caller of a method.
	 * @param method the HTTP method, in upper case
	 * @return the answer, for {@code HEAD} without its body
	 */
	public Answer to(String method) {
		return "HEAD".equals(method) ? new Answer(this.status, this.headers, new byte[0]) : this;
	}

}
