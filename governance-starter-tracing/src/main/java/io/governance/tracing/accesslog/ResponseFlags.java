// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import java.util.Map;

import io.governance.policy.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * Envoy's short words for what happened to a request.
 */
final class ResponseFlags {

	private static final String CLIENT_GONE = "DC";

	private static final int NOT_FOUND = 404;

	private static final Map<String, String> BY_REASON = Map.ofEntries(Map.entry("rate-limited", "RL"),
			Map.entry("circuit-open", "UO"), Map.entry("no-instance", "UH"), Map.entry("deadline-exceeded", "DT"),
			Map.entry("overloaded", "OM"), Map.entry("decision-timeout", "RLSE"), Map.entry("connect-failed", "UF"),
			Map.entry("connection-lost", "UC"), Map.entry("client-gone", CLIENT_GONE));

	private ResponseFlags() {
	}

	static @Nullable String of(AccessRecord access) {
		AccessRecord.Answer answer = access.answer();
		return switch (answer.ending()) {
			case CLIENT_GONE -> CLIENT_GONE;
			case BROKEN -> "LR";
			case COMPLETE -> ofComplete(answer, access.upstream());
		};
	}

	private static @Nullable String ofComplete(AccessRecord.Answer answer, @Nullable Upstream upstream) {
		Rejection rejection = answer.rejection();
		if (rejection != null) {
			return BY_REASON.get(rejection.reason().name());
		}
		boolean unrouted = upstream != null && upstream.route() == null && answer.status() == NOT_FOUND;
		return unrouted ? "NR" : null;
	}

}
