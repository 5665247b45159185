// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.time.Duration;
import java.util.Map;

import io.governance.context.Attempts;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a call, as the client is to send it.
 *
 * @param number the number of the attempt, from 1
 * @param tried the instances that this call has tried; to be handed to whoever picks one
 * @param timeout how long the client may take up to the head of the response;
 * {@code null} for no bound
 * @param connectTimeout how long it may take to make a connection; {@code null} for the
 * client's own
 * @param keepBodyBytes up to how many bytes of the request body are worth keeping for a
 * further attempt; {@link #KEEP_NOTHING} when none can follow
 * @param headers what goes on the wire with this attempt; replaces what is there
 */
public record Attempt(int number, Attempts tried, @Nullable Duration timeout, @Nullable Duration connectTimeout,
		long keepBodyBytes, Map<String, String> headers) {

	/** No further attempt can follow. */
	public static final long KEEP_NOTHING = -1;

	/**
	 * Copies the headers.
	 */
	public Attempt {
		headers = Map.copyOf(headers);
	}

}
