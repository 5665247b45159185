// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import io.governance.policy.CallRejectedException;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * The client broke off before its request was complete. Answered as proxies do, for the
 * meters; otherwise it would be an error of the server, with a stack trace each.
 */
final class ClientGoneException extends CallRejectedException {

	/** The client closed the connection. */
	static final Reason CLIENT_GONE = new Reason("client-gone", 499, false);

	private static final long serialVersionUID = 1L;

	private final @Nullable Throwable serverError;

	ClientGoneException(String service, @Nullable Throwable serverError) {
		super(service, Rejection.of(CLIENT_GONE));
		this.serverError = serverError;
	}

	@Override
	@SuppressWarnings("UnsynchronizedOverridesSynchronized")
	public @Nullable Throwable getCause() {
		return this.serverError;
	}

}
