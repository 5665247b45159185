// SPDX-License-Identifier: Apache-2.0

package io.governance.policy;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * How a call ends that is made to fail: with a status, or without a response. Written as
 * {@code 503}, {@code connect} or {@code reset}.
 *
 * @param kind a response, a failure to connect, or a connection that broke
 * @param status the status of the response; 0 without one
 */
public record Abort(Outcome.Kind kind, int status) {

	/** What may be written. */
	public static final String EXPECTED = "a status from 200 to 599, connect or reset";

	private static final int MIN_STATUS = 200;

	private static final int MAX_STATUS = 599;

	/**
	 * Checks that there is a status exactly where there is a response.
	 */
	public Abort {
		boolean known = switch (kind) {
			case RESPONSE -> status >= MIN_STATUS && status <= MAX_STATUS;
			case CONNECT_FAILURE, RESET -> status == 0;
			case TIMEOUT, ERROR, CANCELLED, REJECTED -> false;
		};
		if (!known) {
			throw new IllegalArgumentException("abort: " + kind + " " + status + " (expected: " + EXPECTED + ")");
		}
	}

	/**
	 * Parses the written form.
	 * @param text the text
	 * @return the ending
	 * @throws IllegalArgumentException if the text is none
	 */
	public static Abort parse(String text) {
		String word = text.trim().toLowerCase(Locale.ROOT);
		if (word.equals("connect")) {
			return new Abort(Outcome.Kind.CONNECT_FAILURE, 0);
		}
		if (word.equals("reset")) {
			return new Abort(Outcome.Kind.RESET, 0);
		}
		if (!word.matches("[2-5][0-9][0-9]")) {
			throw new IllegalArgumentException("abort: " + text + " (expected: " + EXPECTED + ")");
		}
		return new Abort(Outcome.Kind.RESPONSE, Integer.parseInt(word));
	}

	/**
	 * Whether a server can answer so: with the status of an error.
	 * @param abort the ending; {@code null} for none
	 * @return whether it can
	 */
	public static boolean isAnswerable(@Nullable Abort abort) {
		return abort == null || abort.status >= 400;
	}

	@Override
	public String toString() {
		return switch (this.kind) {
			case CONNECT_FAILURE -> "connect";
			case RESET -> "reset";
			default -> String.valueOf(this.status);
		};
	}

}
