// SPDX-License-Identifier: Apache-2.0

package io.governance.answer;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The head of a response: what says whether it may be kept (RFC 9111). Kept answers are
 * shared by the calls of one principal only; still, what its sender calls private or sets
 * a cookie with is not kept.
 *
 * @param status the HTTP status
 * @param headers its headers, by name in any case
 */
public record AnswerHead(int status, Map<String, List<String>> headers) {

	/** Of the connection, or of what was sent over it, and not of the answer. */
	private static final Set<String> NOT_KEPT = Set.of("connection", "keep-alive", "transfer-encoding", "te", "trailer",
			"upgrade", "proxy-authenticate", "proxy-authentication-info", "x-governance-not-processed");

	private static final String LENGTH = "content-length";

	/** Have no end that is worth waiting for. */
	private static final Set<String> STREAMS = Set.of("text/event-stream", "application/x-ndjson",
			"application/stream+json", "multipart/x-mixed-replace");

	/** Marks what no service gave, but a rule that injects faults. */
	private static final String INJECTED = "x-governance-fault";

	/**
	 * Copies the headers.
	 */
	public AnswerHead {
		headers = Collections.unmodifiableMap(Answer.byName(headers));
	}

	/**
	 * The head of a response that nobody may keep.
	 * @param status the HTTP status
	 * @return the head
	 */
	public static AnswerHead notToBeKept(int status) {
		return new AnswerHead(status, Map.of("cache-control", List.of("no-store")));
	}

	/**
	 * Whether the answer may be kept for as long as its keeper likes.
	 * @return whether nothing in it speaks against that
	 */
	public boolean mayBeKept() {
		return !isStream() && this.status != 206 && !this.headers.containsKey(INJECTED)
				&& !this.headers.containsKey("set-cookie") && !this.headers.containsKey("set-cookie2")
				&& directives("cache-control").noneMatch((directive) -> names(directive, "no-store", "private"))
				&& !vary().contains("*");
	}

	private boolean isStream() {
		return this.headers.getOrDefault("content-type", List.of())
			.stream()
			.anyMatch((type) -> STREAMS.contains(type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT)));
	}

	/**
	 * Whether the body is too large, as far as its sender says how large it is.
	 * @param maxBytes how large it may be
	 * @return whether it is known to be larger
	 */
	public boolean isLargerThan(long maxBytes) {
		return this.headers.getOrDefault(LENGTH, List.of()).stream().anyMatch((text) -> number(text) > maxBytes);
	}

	/**
	 * How old the answer may become, as its sender says.
	 * @return nanoseconds; 0 for one that must be asked for each time, and the largest
	 * value where nothing is said
	 */
	public long maxAgeNanos() {
		List<String> control = directives("cache-control").toList();
		if (control.stream().anyMatch((directive) -> names(directive, "no-cache"))) {
			return 0;
		}
		return control.stream()
			.filter((directive) -> names(directive, "max-age"))
			.mapToLong((directive) -> number(directive.substring(directive.indexOf('=') + 1)) - age())
			.map((seconds) -> TimeUnit.SECONDS.toNanos(Math.max(0, seconds)))
			.min()
			.orElse(Long.MAX_VALUE);
	}

	private long age() {
		return this.headers.getOrDefault("age", List.of()).stream().mapToLong(AnswerHead::number).max().orElse(0);
	}

	/**
	 * What is no number is none (RFC 9111, section 4.2.1).
	 */
	private static long number(String text) {
		String digits = text.trim().replace("\"", "");
		return digits.matches("[0-9]{1,9}") ? Long.parseLong(digits) : digits.matches("[0-9]+") ? Integer.MAX_VALUE : 0;
	}

	/**
	 * The headers of the request by which the answer was chosen.
	 * @return their names, in lower case
	 */
	public List<String> vary() {
		return directives("vary").toList();
	}

	private Stream<String> directives(String name) {
		return this.headers.getOrDefault(name, List.of())
			.stream()
			.flatMap((value) -> Stream.of(value.split(",")))
			.map((directive) -> directive.trim().toLowerCase(Locale.ROOT))
			.filter((directive) -> !directive.isEmpty());
	}

	private static boolean names(String directive, String... names) {
		String name = directive.split("=", 2)[0].trim();
		return Stream.of(names).anyMatch(name::equals);
	}

	/**
	 * The whole answer, without what belongs to its connection.
	 * @param body its body
	 * @return the answer
	 */
	public Answer with(byte[] body) {
		Map<String, List<String>> kept = Answer.byName(this.headers);
		kept.keySet().removeIf((name) -> NOT_KEPT.contains(name.toLowerCase(Locale.ROOT)));
		if (body.length > 0) {
			// whoever gives it again says how long it is; of an answer to HEAD nobody
			// knows
			kept.remove(LENGTH);
		}
		return new Answer(this.status, kept, body);
	}

}
