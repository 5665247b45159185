// SPDX-License-Identifier: Apache-2.0

package io.governance.test;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a {@link ScriptedUpstream} does with one request.
 *
 * @param kind whether it answers
 * @param status the status of the answer
 * @param headers its headers
 * @param bodyBytes the length of its body
 * @param chunk what the body consists of, repeated
 */
public record Reply(Kind kind, int status, Map<String, String> headers, long bodyBytes, byte[] chunk) {

	private static final byte[] NOTHING = new byte[1];

	/** What becomes of a request. */
	public enum Kind {

		/** It is answered. */
		ANSWER,

		/** It is read; then the connection breaks. */
		RESET,

		/** The connection breaks before the body is read. */
		EARLY_RESET,

		/** It is read and never answered, until the server is closed. */
		HANG,

		/** Its answer begins, and does not go on until the server is closed. */
		STALL,

		/** Its answer begins; then the connection breaks. */
		BREAK

	}

	/**
	 * An answer with status 200 and a short body.
	 * @return the reply
	 */
	public static Reply ok() {
		return status(200).body("ok");
	}

	/**
	 * An answer without a body.
	 * @param status its status
	 * @return the reply
	 */
	public static Reply status(int status) {
		return new Reply(Kind.ANSWER, status, Map.of(), 0, NOTHING);
	}

	/**
	 * No answer: the request is read, then the connection breaks.
	 * @return the reply
	 */
	public static Reply reset() {
		return new Reply(Kind.RESET, 0, Map.of(), 0, NOTHING);
	}

	/**
	 * No answer: the connection breaks before the request's body is read.
	 * @return the reply
	 */
	public static Reply earlyReset() {
		return new Reply(Kind.EARLY_RESET, 0, Map.of(), 0, NOTHING);
	}

	/**
	 * No answer at all.
	 * @return the reply
	 */
	public static Reply hang() {
		return new Reply(Kind.HANG, 0, Map.of(), 0, NOTHING);
	}

	/**
	 * An answer of which the head and the first byte of the body come, and no more.
	 * @param status its status
	 * @return the reply
	 */
	public static Reply stall(int status) {
		return new Reply(Kind.STALL, status, Map.of(), 2, NOTHING);
	}

	/**
	 * An answer of which the head and the first byte of the body come; then the
	 * connection breaks.
	 * @param status its status
	 * @return the reply
	 */
	public static Reply broken(int status) {
		return new Reply(Kind.BREAK, status, Map.of(), 2, NOTHING);
	}

	/**
	 * The same answer with a header.
	 * @param name its name
	 * @param value its value
	 * @return the reply
	 */
	public Reply header(String name, String value) {
		Map<String, String> more = new TreeMap<>(this.headers);
		more.put(name, value);
		return new Reply(this.kind, this.status, more, this.bodyBytes, this.chunk);
	}

	/**
	 * The same answer with a body.
	 * @param body the text
	 * @return the reply
	 */
	public Reply body(String body) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		return new Reply(this.kind, this.status, this.headers, bytes.length, bytes);
	}

	/**
	 * The same answer with a long body of zeros.
	 * @param bytes its length
	 * @return the reply
	 */
	public Reply body(long bytes) {
		return new Reply(this.kind, this.status, this.headers, bytes, new byte[64 * 1024]);
	}

}
