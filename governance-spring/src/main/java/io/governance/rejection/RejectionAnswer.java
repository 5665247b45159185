// SPDX-License-Identifier: Apache-2.0

package io.governance.rejection;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
		StringBuilder json = new StringBuilder("{");
		member(json, "type", TYPE_PREFIX + reason);
		member(json, "title", title);
		json.append(",\"status\":").append(rejection.reason().status());
		member(json, "detail", detail);
		member(json, "rule", rejection.rule());
		member(json, "reason", reason);
		member(json, "traceId", traceId);
		return json.append('}').toString();
	}

	private static void member(StringBuilder json, String name, @Nullable String value) {
		if (value == null) {
			return;
		}
		json.append((json.length() > 1) ? "," : "").append('"').append(name).append("\":\"");
		value.codePoints().forEach((character) -> {
			if (character < ' ') {
				json.append(String.format(Locale.ROOT, "\\u%04x", character));
				return;
			}
			json.append((character == '"' || character == '\\') ? "\\" : "").appendCodePoint(character);
		});
		json.append('"');
	}

}
