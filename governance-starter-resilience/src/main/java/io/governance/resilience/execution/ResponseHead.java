// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.governance.context.GovernanceHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What of a response decides on what happens next.
 *
 * @param status the HTTP status
 * @param notProcessed whether the callee said that it did no work
 * @param retried whether the callee said that it failed in spite of retries
 * @param retryAfter the value of {@code Retry-After}
 */
public record ResponseHead(int status, boolean notProcessed, boolean retried, @Nullable String retryAfter) {

	/** The header by which a callee asks to be left alone for a while. */
	public static final String RETRY_AFTER = "Retry-After";

	/** Of responses that say nothing of these things, as nearly all do: by status. */
	private static final List<ResponseHead> PLAIN = IntStream.range(0, 600)
		.mapToObj((status) -> new ResponseHead(status, false, null))
		.toList();

	/**
	 * Creates the head of a response of a callee that says nothing of retries.
	 * @param status the HTTP status
	 * @param notProcessed whether the callee said that it did no work
	 * @param retryAfter the value of {@code Retry-After}
	 */
	public ResponseHead(int status, boolean notProcessed, @Nullable String retryAfter) {
		this(status, notProcessed, false, retryAfter);
	}

	/**
	 * Reads the head of a response.
	 * @param status the HTTP status
	 * @param headers the first value of a header, by its name
	 * @return the head
	 */
	public static ResponseHead of(int status, Function<String, @Nullable String> headers) {
		boolean notProcessed = is(GovernanceHeaders.NOT_PROCESSED, headers);
		boolean retried = is(GovernanceHeaders.RETRIED, headers);
		String retryAfter = headers.apply(RETRY_AFTER);
		boolean plain = !notProcessed && !retried && retryAfter == null && status >= 0 && status < PLAIN.size();
		return plain ? PLAIN.get(status) : new ResponseHead(status, notProcessed, retried, retryAfter);
	}

	private static boolean is(String name, Function<String, @Nullable String> headers) {
		return "true".equalsIgnoreCase(headers.apply(name));
	}

}
