// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import java.util.Map;

import io.governance.policy.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * What a server hands over about one request: references and numbers, nothing formatted.
 * Immutable.
 */
record AccessRecord(Timing timing, RequestLine request, Answer answer, Peers peers, Origin origin,
		@Nullable Upstream upstream) {

	/** Marks a text that was cut. */
	static final char CUT = '\u2026';

	/** The longest path and the longest query that are kept. */
	static final int MAX_PATH = 1_024;

	/** The longest of all other texts. */
	static final int MAX_TEXT = 256;

	/** Servers count the body that was written, and send none. */
	AccessRecord {
		if ("HEAD".equals(request.method()) && answer.sent() != 0) {
			answer = new Answer(answer.status, answer.ending, answer.received, 0, answer.rejection);
		}
	}

	/**
	 * Bounds a text that a client sent: what waits in the queue must not hold its whole
	 * request.
	 */
	static @Nullable String cut(@Nullable String text, int max) {
		if (text == null || text.length() <= max) {
			return text;
		}
		int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
		return text.substring(0, end) + CUT;
	}

	AccessRecord ended(Ending ending) {
		Answer ended = new Answer(this.answer.status, ending, this.answer.received, this.answer.sent,
				this.answer.rejection);
		return new AccessRecord(this.timing, this.request, ended, this.peers, this.origin, this.upstream);
	}

	/**
	 * When it began and how long it took.
	 */
	record Timing(long startMillis, long nanos) {
	}

	/**
	 * What was asked for.
	 */
	record RequestLine(@Nullable String method, @Nullable String path, @Nullable String query,
			@Nullable String protocol) {

		RequestLine {
			method = cut(method, MAX_TEXT);
			path = cut(path, MAX_PATH);
			query = cut(query, MAX_PATH);
		}

	}

	/**
	 * How it was answered.
	 */
	record Answer(int status, Ending ending, long received, long sent, @Nullable Rejection rejection) {
	}

	/**
	 * How the exchange ended.
	 */
	enum Ending {

		/** The response is complete. */
		COMPLETE,

		/** The client broke off. */
		CLIENT_GONE,

		/** This process broke the response off. */
		BROKEN

	}

	/**
	 * Both ends of the connection, and the headers that are logged.
	 */
	record Peers(Address local, Address remote, Map<String, String> headers) {
	}

	/**
	 * One end.
	 */
	record Address(@Nullable String host, int port) {
	}

	/**
	 * On whose behalf it was done.
	 */
	record Origin(@Nullable String traceId, @Nullable String spanId, @Nullable String caller) {

		static final Origin UNKNOWN = new Origin(null, null, null);

	}

}
