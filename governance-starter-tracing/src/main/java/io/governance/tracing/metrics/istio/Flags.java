// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics.istio;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Map;

import io.governance.policy.CallRejectedException;
import io.governance.policy.Rejection;
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

	private static final Map<String, String> BY_REASON = Map.of("rate-limited", "RL", "circuit-open", "UO",
			"no-instance", "UH", "overloaded", "UO", "decision-timeout", "RLSE", "connect-failed", "UF",
			"connection-lost", "UC", "client-gone", "DC", "fault", "FI");

	private Flags() {
	}

	/**
	 * What a process that rejected a request itself reports.
	 */
	static String received(@Nullable Rejection rejection) {
		return (rejection != null) ? reason(rejection, "DT") : NONE;
	}

	/**
	 * What a proxy reports of a call that it answered itself.
	 */
	static String passedOn(@Nullable Rejection rejection, int attempts) {
		if (rejection == null) {
			return NONE;
		}
		String flag = reason(rejection, "UT");
		return (attempts > 1) ? flag + ",URX" : flag;
	}

	private static String reason(Rejection rejection, String late) {
		String name = rejection.reason().name();
		return name.equals("deadline-exceeded") ? late : BY_REASON.getOrDefault(name, NONE);
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
	private static Failure sent(Throwable error) {
		Throwable current = error;
		Failure failure = new Failure("UC", UNAVAILABLE);
		for (int depth = 0; current != null && depth < MAX_DEPTH; depth++) {
			if (current instanceof CallRejectedException rejected) {
				return new Failure(reason(rejected.rejection(), "UT"), rejected.rejection().reason().status());
			}
			if (current instanceof ConnectException || current instanceof UnknownHostException) {
				return new Failure("UF", UNAVAILABLE);
			}
			if (current instanceof IOException && current.getClass().getSimpleName().endsWith("TimeoutException")) {
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
