// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.io.IOException;

/**
 * A message that the backend has not taken.
 */
final class SendException extends IOException {

	private static final long serialVersionUID = 1L;

	private final boolean worthRetrying;

	SendException(String message, boolean worthRetrying) {
		super(message);
		this.worthRetrying = worthRetrying;
	}

	/**
	 * Whether the same message may be taken later.
	 */
	boolean isWorthRetrying() {
		return this.worthRetrying;
	}

	/**
	 * A connection that failed, in few words.
	 */
	static SendException of(Throwable cause) {
		String text = (cause.getMessage() != null) ? ": " + cause.getMessage() : "";
		return new SendException(cause.getClass().getSimpleName() + text, true);
	}

}
