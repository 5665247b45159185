// SPDX-License-Identifier: Apache-2.0

package io.governance.rejection;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.governance.context.GovernanceHeaders;
import io.governance.policy.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP answer to a rejected call: a problem of RFC 9457. Immutable.
 *
 * @param status the HTTP status
 * @param headers the headers, content type included
 * @param body the problem, as JSON in UTF-8
 */
public record RejectionAnswer(int status, Map<String, String> headers, byte[] body) {

	/** The media type of the body. */
	public static final String MEDIA_TYPE = "application/problem+json";

	private static final String TYPE_PREFIX = "urn:governance:rejection:";

	private static final String INVALID_REQUEST = "invalid-request";

	private static final int BAD_REQUEST = 400;

	/**
	 * The answer to a call that was rejected before any work was done for it. Where its
	 * reason allows, the answer says so, and a retry elsewhere is safe. It tells of the
	 * quota that is used up.
	 * @param rejection why
	 * @param traceId the trace; {@code null} where there is none
	 * @return the answer
	 */
	public static RejectionAnswer beforeWork(Rejection rejection, @Nullable String traceId) {
		RejectionAnswer answer = of(rejection, traceId, rejection.reason().notProcessed());
		if (rejection.quota() != null) {
			QuotaHeaders.write(List.of(rejection.quota()), answer.headers()::put);
		}
		return answer;
	}

	/**
	 * The answer to a call whose handler failed because a call that it made was rejected.
	 * Nobody knows what the handler did before, so the answer promises nothing; and the
	 * quotas of inner calls are no business of the caller's.
	 * @param rejection why the inner call was rejected
	 * @param traceId the trace; {@code null} where there is none
	 * @return the answer
	 */
	public static RejectionAnswer afterWork(Rejection rejection, @Nullable String traceId) {
		return of(rejection, traceId, false);
	}

	/**
	 * The answer to a request with values that are not as they must be: status 400.
	 * @param values the values, at least one
	 * @param traceId the trace; {@code null} where there is none
	 * @return the answer, which lists them in a stable order
	 */
	public static RejectionAnswer invalidRequest(List<InvalidValue> values, @Nullable String traceId) {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("Content-Type", MEDIA_TYPE);
		headers.put("Cache-Control", "no-store");
		String violations = values.stream()
			.sorted()
			.map((value) -> new JsonText().member("location", value.location())
				.member("name", value.name())
				.member("message", value.message())
				.toString())
			.collect(Collectors.joining(",", "[", "]"));
		String body = new JsonText().member("type", TYPE_PREFIX + INVALID_REQUEST)
			.member("title", "Invalid request")
			.raw("status", String.valueOf(BAD_REQUEST))
			.member("detail", "The request is not valid. Violations: " + values.size() + ".")
			.member("reason", INVALID_REQUEST)
			.member("traceId", traceId)
			.raw("violations", violations)
			.toString();
		return new RejectionAnswer(BAD_REQUEST, headers, body.getBytes(StandardCharsets.UTF_8));
	}

	private static RejectionAnswer of(Rejection rejection, @Nullable String traceId, boolean notProcessed) {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("Content-Type", MEDIA_TYPE);
		headers.put("Cache-Control", "no-store");
		if (rejection.retryAfterSeconds() > 0) {
			headers.put("Retry-After", String.valueOf(rejection.retryAfterSeconds()));
		}
		if (notProcessed) {
			headers.put(GovernanceHeaders.NOT_PROCESSED, "true");
		}
		byte[] body = problem(rejection, traceId).getBytes(StandardCharsets.UTF_8);
		return new RejectionAnswer(rejection.reason().status(), headers, body);
	}

	private static String problem(Rejection rejection, @Nullable String traceId) {
		String reason = rejection.reason().name();
		String words = reason.replace('-', ' ');
		String title = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
		String detail = (rejection.rule() != null) ? "The call was rejected by the rule " + rejection.rule() + "."
				: "The call was rejected: " + words + ".";
		return new JsonText().member("type", TYPE_PREFIX + reason)
			.member("title", title)
			.raw("status", String.valueOf(rejection.reason().status()))
			.member("detail", detail)
			.member("rule", rejection.rule())
			.member("reason", reason)
			.member("traceId", traceId)
			.toString();
	}

}
