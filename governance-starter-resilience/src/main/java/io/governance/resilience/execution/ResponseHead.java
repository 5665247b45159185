// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import io.governance.context.GovernanceHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What of a response decides on what happens next.
 *
 * @param status the HTTP status
 * @param notProcessed whether the callee said that it did no work
 */
public record ResponseHead(int status, boolean notProcessed) {

	/**
	 * Reads the head of a response.
	 * @param status the HTTP status
	 * @param notProcessed the value of {@link GovernanceHeaders#NOT_PROCESSED}
	 * @return the head
	 */
	public static ResponseHead of(int status, @Nullable String notProcessed) {
		return new ResponseHead(status, "true".equalsIgnoreCase(notProcessed));
	}

}
