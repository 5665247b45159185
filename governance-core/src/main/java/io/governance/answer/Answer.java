// SPDX-License-Identifier: Apache-2.0

package io.governance.answer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * A whole answer to a call. Immutable, as long as nobody writes to the body.
 * <p>
 * A call of a method of this process is answered with a value, or with a body that is
 * read as what the method returns.
 *
 * @param status the HTTP status
 * @param headers its headers, by name in any case
 * @param body its body; not to be changed
 * @param value what a method gives; {@code null} for nothing, or for what the body says
 */
public record Answer(int status, Map<String, List<String>> headers, byte[] body, @Nullable Object value) {

	/**
	 * Copies the headers.
	 */
	public Answer {
		headers = Collections.unmodifiableMap(byName(headers));
	}

	/**
	 * An answer to a request.
	 * @param status the HTTP status
	 * @param headers its headers, by name in any case
	 * @param body its body; not to be changed
	 */
	public Answer(int status, Map<String, List<String>> headers, byte[] body) {
		this(status, headers, body, null);
	}

	/**
	 * The answer to a call of a method.
	 * @param value what the method gives; the values of a stream are a list
	 * @return the answer
	 */
	public static Answer of(@Nullable Object value) {
		return new Answer(200, Map.of(), new byte[0], value);
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
		return new Answer(this.status, more, this.body, this.value);
	}

	/**
	 * What of this answer goes to the caller of a method.
	 * @param method the HTTP method, in upper case
	 * @return the answer, for {@code HEAD} without its body
	 */
	public Answer to(String method) {
		if (!"HEAD".equals(method)) {
			return this;
		}
		Answer head = new Answer(this.status, this.headers, new byte[0]);
		return (this.body.length == 0) ? head : head.with("content-length", Integer.toString(this.body.length));
	}

}
