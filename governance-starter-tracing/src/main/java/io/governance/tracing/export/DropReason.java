// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

/**
 * Why a span was not exported.
 */
enum DropReason {

	/**
	 * The backend is slower than the spans come.
	 */
	QUEUE_FULL("queue-full"),

	/**
	 * The backend refused the message, or could not be reached within all tries.
	 */
	SEND_FAILED("send-failed"),

	/**
	 * The backend took the message, but not this span.
	 */
	REJECTED("rejected"),

	/**
	 * The span cannot be written in the backend's format.
	 */
	ENCODING("encoding"),

	/**
	 * The process ended before the backend took it.
	 */
	SHUTDOWN("shutdown");

	private final String tag;

	DropReason(String tag) {
		this.tag = tag;
	}

	String tag() {
		return this.tag;
	}

}
