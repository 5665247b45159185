// SPDX-License-Identifier: Apache-2.0

package io.governance.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CancellationException;

import io.governance.policy.CallRejectedException;
import io.governance.policy.Outcome;
import org.jspecify.annotations.Nullable;

import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Tells how an attempt without a response ended. Of classes that belong to optional HTTP
 * clients only the name is looked at; all of them call a time-out by its name.
 * Thread-safe.
 */
public final class FailureKinds {

	private static final int MAX_DEPTH = 10;

	private FailureKinds() {
	}

	/**
	 * Tells how an attempt ended.
	 * @param error what the client gave instead of a response
	 * @return the kind; {@code ERROR} where nothing is known
	 */
	public static Outcome.Kind of(Throwable error) {
		Outcome.Kind kind = null;
		boolean late = false;
		Throwable current = error;
		for (int depth = 0; current != null && depth < MAX_DEPTH; depth++) {
			Outcome.Kind own = own(current);
			// the root of the matter is innermost; a plain I/O error outside of it says
			// less
			boolean saysLess = own == Outcome.Kind.RESET || (late && own == Outcome.Kind.CANCELLED);
			kind = (own != null && (!saysLess || kind == null)) ? own : kind;
			// a client that is stopped when the time of its call is up may report
			// anything
			late = late || (own == Outcome.Kind.TIMEOUT && current instanceof CallRejectedException);
			current = current.getCause();
		}
		return (kind != null) ? kind : Outcome.Kind.ERROR;
	}

	/**
	 * Tells how an attempt ended that may have been stopped from outside.
	 * @param error what the client gave instead of a response
	 * @param ownFailure whether what failed was on this side, such as the source of the
	 * request's body
	 * @param expired what it means that the attempt's time is up; {@code null} while
	 * there is time. A client that is stopped when the time is up may report anything
	 * @return the kind
	 */
	public static Outcome.Kind of(Throwable error, boolean ownFailure, Outcome.@Nullable Kind expired) {
		Outcome.Kind kind = of(error);
		if (kind == Outcome.Kind.REJECTED) {
			return kind;
		}
		if (ownFailure || Thread.currentThread().isInterrupted()) {
			return Outcome.Kind.CANCELLED;
		}
		return (expired != null && kind != Outcome.Kind.CONNECT_FAILURE) ? expired : kind;
	}

	/**
	 * Whether a call got no place in the client's own pool of connections: a failure to
	 * connect that says nothing of the callee.
	 * @param error what the client gave instead of a response
	 * @return whether it waited in vain
	 */
	public static boolean isPoolExhausted(Throwable error) {
		Throwable current = error;
		for (int depth = 0; current != null && depth < MAX_DEPTH; depth++) {
			String name = current.getClass().getSimpleName();
			if (name.startsWith("PoolAcquire") || name.equals("ConnectionRequestTimeoutException")) {
				return true;
			}
			current = current.getCause();
		}
		return false;
	}

	private static Outcome.@Nullable Kind own(Throwable error) {
		if (isConnectFailure(error)) {
			return Outcome.Kind.CONNECT_FAILURE;
		}
		// an inner call that was sent and got no answer in time is told as a rejection,
		// too
		if (error.getClass().getSimpleName().endsWith("TimeoutException")) {
			return Outcome.Kind.TIMEOUT;
		}
		if (error instanceof CallRejectedException) {
			return Outcome.Kind.REJECTED;
		}
		if (error instanceof InterruptedException || error instanceof InterruptedIOException
				|| error instanceof CancellationException) {
			return Outcome.Kind.CANCELLED;
		}
		return (error instanceof IOException) ? Outcome.Kind.RESET : null;
	}

	private static boolean isConnectFailure(Throwable error) {
		if (error instanceof ConnectException || error instanceof UnknownHostException
				|| error instanceof NoRouteToHostException || error instanceof UnresolvedAddressException
				|| error instanceof SSLHandshakeException || error instanceof SSLPeerUnverifiedException) {
			return true;
		}
		String name = error.getClass().getSimpleName();
		if (name.startsWith("Connect") || name.startsWith("HttpConnect") || name.startsWith("PoolAcquire")) {
			return name.endsWith("TimeoutException");
		}
		return error instanceof SocketTimeoutException && error.getMessage() != null
				&& error.getMessage().toLowerCase(java.util.Locale.ROOT).startsWith("connect");
	}

}
