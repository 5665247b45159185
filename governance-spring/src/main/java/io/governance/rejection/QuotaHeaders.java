// SPDX-License-Identifier: Apache-2.0

package io.governance.rejection;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.governance.policy.Decision.Quota;

/**
 * Tells callers of their quotas: the response header fields of
 * {@code draft-ietf-httpapi-ratelimit-headers-11}. Stateless.
 */
public final class QuotaHeaders {

	/** What the quotas are: {@code "orders";q=100;w=1}. */
	public static final String POLICY = "RateLimit-Policy";

	/** What is left of them: {@code "orders";r=50;t=30}. */
	public static final String LIMIT = "RateLimit";

	/** The largest integer of a structured field (RFC 9651). */
	private static final long LARGEST = 999_999_999_999_999L;

	private QuotaHeaders() {
	}

	/**
	 * Writes both fields; nothing where there are no quotas.
	 * @param quotas the quotas
	 * @param headers takes names and values
	 */
	public static void write(List<Quota> quotas, BiConsumer<String, String> headers) {
		if (!quotas.isEmpty()) {
			headers.accept(POLICY, list(quotas, QuotaHeaders::policy));
			headers.accept(LIMIT, list(quotas, QuotaHeaders::limit));
		}
	}

	private static String list(List<Quota> quotas, Function<Quota, String> item) {
		return quotas.stream().map(item).collect(Collectors.joining(", "));
	}

	private static String policy(Quota quota) {
		return name(quota) + ";q=" + bounded(quota.limit()) + ";w=" + bounded(quota.windowSeconds());
	}

	private static String limit(Quota quota) {
		return name(quota) + ";r=" + bounded(quota.remaining()) + ";t=" + bounded(quota.resetSeconds());
	}

	/**
	 * Ids of rules have no characters that a string must escape.
	 */
	private static String name(Quota quota) {
		return '"' + quota.name() + '"';
	}

	private static long bounded(long value) {
		return Math.min(value, LARGEST);
	}

}
