// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.util.function.Function;

import io.governance.context.GovernanceHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What of a response decides on what happens next.
 *
 * @param status the HTTP status
 * @param notProcessed whether the callee said that it did no work
 * @param retryAfter the value of {@code Retry-After}
 */
public record ResponseHead(int status, boolean notProcessed, @Nullable String retryAfter) {

	/** The header by which a callee asks to be left alone for a while. */
	public static final String RETRY_AFTER = "Retry-After";

	/**
	 * Reads the head of a response.
	 * @param status the HTTP status
	 * @param headers the first value of a header, by its name
	 * @return the head
	 */
	public static ResponseHead of(int status, Function<String, @Nullable String> headers) {
		return new ResponseHead(status, "true".equalsIgnoreCase(headers.apply(GovernanceHeaders.NOT_PROCESSED)),
				headers.apply(RETRY_AFTER));
	}

}
