// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.io.IOException;
import java.time.Duration;

/**
 * A message that the backend has not taken.
 */
final class SendException extends IOException {

	private static final long serialVersionUID = 1L;

	private final boolean worthRetrying;

	private final Duration retryAfter;

	SendException(String message, boolean worthRetrying) {
		this(message, worthRetrying, Duration.ZERO);
	}

	SendException(String message, boolean worthRetrying, Duration retryAfter) {
		super(message);
		this.worthRetrying = worthRetrying;
		this.retryAfter = retryAfter;
	}

	/**
	 * Whether the same message may be taken later.
	 */
	boolean isWorthRetrying() {
		return this.worthRetrying;
	}

	/**
	 * How long the backend asks to wait before that; zero when it does not say.
	 */
	Duration retryAfter() {
		return this.retryAfter;
	}

	/**
	 * A connection that failed, in few words.
	 */
	static SendException of(Throwable cause) {
		String text = (cause.getMessage() != null) ? ": " + cause.getMessage() : "";
		return new SendException(cause.getClass().getSimpleName() + text, true);
	}

}
