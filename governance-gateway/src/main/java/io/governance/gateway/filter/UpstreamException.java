// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import io.governance.client.FailureKinds;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;

/**
 * The last attempt ended without a response. Answered like a rejection; what the
 * transport said stays inside, or a connection that the service reset would be taken for
 * one that the client closed.
 */
final class UpstreamException extends CallRejectedException {

	/** No connection could be made; nothing was sent. */
	static final Reason CONNECT_FAILED = new Reason("connect-failed", 503, true);

	/** The connection ended before the response. */
	static final Reason CONNECTION_LOST = new Reason("connection-lost", 502, false);

	private static final long serialVersionUID = 1L;

	private final String text;

	private UpstreamException(String service, Reason reason, Throwable error) {
		super(service, Rejection.of(reason));
		this.text = "call to " + service + " failed: " + reason + ": " + error;
	}

	/**
	 * What the client is told of an error.
	 */
	static Throwable of(String service, Throwable error) {
		if (error instanceof CallRejectedException) {
			return error;
		}
		return switch (FailureKinds.of(error)) {
			case CONNECT_FAILURE -> new UpstreamException(service, CONNECT_FAILED, error);
			case RESET -> new UpstreamException(service, CONNECTION_LOST, error);
			case TIMEOUT -> new UpstreamException(service, Reason.DEADLINE_EXCEEDED, error);
			case RESPONSE, ERROR, CANCELLED, REJECTED -> error;
		};
	}

	@Override
	public String getMessage() {
		return this.text;
	}

}
