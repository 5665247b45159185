// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics.istio;

import java.net.ConnectException;
import java.net.UnknownHostException;

import io.governance.policy.CallRejectedException;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.tracing.accesslog.ResponseFlags;
import io.governance.tracing.accesslog.Upstream;
import org.jspecify.annotations.Nullable;

/**
 * Envoy's short words for what went wrong, and the status that Envoy would answer with.
 */
final class Flags {

	static final String NONE = "-";

	/** A caller gave up before there was a response: there is no status. */
	static final Failure GIVEN_UP = new Failure("DC", 0);

	private static final int MAX_DEPTH = 10;

	private static final int UNAVAILABLE = 503;

	private static final int TIMEOUT = 504;

	private Flags() {
	}

	/**
	 * What a server reports of a request.
	 */
	static String received(int code, @Nullable Rejection rejection, @Nullable Upstream upstream) {
		String flags = ResponseFlags.of(code, rejection, upstream);
		return (flags != null) ? flags : NONE;
	}

	/**
	 * What a caller reports of a call.
	 * @param code the status; 0 when there was no response
	 * @param error why there was none
	 */
	static Failure sent(int code, @Nullable Throwable error) {
		return (code == 0 && error != null) ? sent(error) : new Failure(NONE, code);
	}

	/**
	 * What a caller reports of a call without a response.
	 * @param error why there is none
	 * @return flag and status
	 */
	static Failure sent(Throwable error) {
		Throwable current = error;
		Failure failure = new Failure("UC", UNAVAILABLE);
		for (int depth = 0; current != null && depth < MAX_DEPTH; depth++) {
			if (current instanceof CallRejectedException rejected) {
				Reason reason = rejected.rejection().reason();
				String flag = ResponseFlags.of(reason, true);
				return new Failure((flag != null) ? flag : NONE, reason.status());
			}
			if (current instanceof ConnectException || current instanceof UnknownHostException) {
				return new Failure("UF", UNAVAILABLE);
			}
			// those of Java, Reactor and Netty have no type in common
			if (current.getClass().getSimpleName().endsWith("TimeoutException")) {
				failure = new Failure("UT", TIMEOUT);
			}
			current = current.getCause();
		}
		return failure;
	}

	/**
	 * How a call is reported.
	 *
	 * @param flag the flag
	 * @param code the status
	 */
	record Failure(String flag, int code) {

	}

}
