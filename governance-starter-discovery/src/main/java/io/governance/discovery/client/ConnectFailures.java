// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.client;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * Tells failures to connect from all others. Thread-safe.
 */
public final class ConnectFailures {

	private static final int DEEPEST_CAUSE = 5;

	private ConnectFailures() {
	}

	/**
	 * Whether an attempt ended before there was a connection.
	 * @param error what the client gave
	 * @return whether it did
	 */
	public static boolean isConnectFailure(Throwable error) {
		Throwable cause = error;
		for (int i = 0; i < DEEPEST_CAUSE && cause != null; i++) {
			if (isOne(cause)) {
				return true;
			}
			cause = cause.getCause();
		}
		return false;
	}

	private static boolean isOne(@Nullable Throwable error) {
		return error instanceof ConnectException || error instanceof HttpConnectTimeoutException
				|| error instanceof NoRouteToHostException || error instanceof UnknownHostException
				// Apache's, which extends the exception of a read timeout
				|| (error != null && "ConnectTimeoutException".equals(error.getClass().getSimpleName()));
	}

}
