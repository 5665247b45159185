// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import java.util.Map;

import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * Envoy's short words for what happened to a request: the one table that the access log
 * and Istio's metrics share, so that both say the same of one event.
 */
public final class ResponseFlags {

	private static final String CLIENT_GONE = "DC";

	private static final String RETRIED_IN_VAIN = "URX";

	private static final int NOT_FOUND = 404;

	private static final int SERVER_ERROR = 500;

	private static final Map<String, String> BY_REASON = Map.ofEntries(Map.entry("rate-limited", "RL"),
			Map.entry("circuit-open", "UO"), Map.entry("concurrency-limited", "UO"), Map.entry("bulkhead-full", "UO"),
			Map.entry("throttled", "UO"), Map.entry("no-instance", "UH"), Map.entry("overloaded", "OM"),
			Map.entry("decision-timeout", "RLSE"), Map.entry("connect-failed", "UF"),
			Map.entry("connection-lost", "UC"), Map.entry("client-gone", CLIENT_GONE), Map.entry("fault", "FI"),
			Map.entry("pool-exhausted", "UO"));

	private ResponseFlags() {
	}

	/**
	 * What a server says of a request whose response is complete.
	 * @param status the HTTP status of the response
	 * @param rejection why this process answered by itself; {@code null} if it did not
	 * @param upstream where a proxy sent it; {@code null} for a request that is not to be
	 * passed on
	 * @return the flags, by comma; {@code null} where there is nothing to say
	 */
	public static @Nullable String of(int status, @Nullable Rejection rejection, @Nullable Upstream upstream) {
		if (rejection == null) {
			return (upstream != null) ? ofPassedOn(status, upstream) : null;
		}
		int attempts = (upstream != null) ? upstream.attempts() : 0;
		String flag = of(rejection.reason(), attempts > 0);
		if (attempts <= 1) {
			return flag;
		}
		return (flag != null) ? flag + "," + RETRIED_IN_VAIN : RETRIED_IN_VAIN;
	}

	private static @Nullable String ofPassedOn(int status, Upstream upstream) {
		if (upstream.route() == null && status == NOT_FOUND) {
			return "NR";
		}
		return (upstream.attempts() > 1 && status >= SERVER_ERROR) ? RETRIED_IN_VAIN : null;
	}

	/**
	 * The word for a reason.
	 * @param reason why a request or call was rejected
	 * @param called whether another process had been called: its time was up then, and
	 * not that of the request itself
	 * @return the flag; {@code null} where there is none
	 */
	public static @Nullable String of(Reason reason, boolean called) {
		if (reason.name().equals(Reason.DEADLINE_EXCEEDED.name())) {
			return called ? "UT" : "DT";
		}
		return BY_REASON.get(reason.name());
	}

	static @Nullable String of(AccessRecord access) {
		AccessRecord.Answer answer = access.answer();
		return switch (answer.ending()) {
			case CLIENT_GONE -> CLIENT_GONE;
			case BROKEN -> "LR";
			case COMPLETE -> of(answer.status(), answer.rejection(), access.upstream());
		};
	}

}
