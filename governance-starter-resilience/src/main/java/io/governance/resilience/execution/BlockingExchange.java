// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.io.IOException;

import io.governance.resilience.failback.KeptExchange;
import org.jspecify.annotations.Nullable;

/**
 * Sends the attempts of one call through a blocking client. Made per call; used by the
 * thread that calls.
 *
 * @param <R> the response, with its body still to be read
 */
public interface BlockingExchange<R> {

	/**
	 * Sends the request and waits for the head of the response.
	 * @param attempt the attempt
	 * @return the response
	 * @throws IOException if none came
	 */
	R send(Attempt attempt) throws IOException;

	/**
	 * Makes the response of an attempt that is not sent, but answered on purpose: like a
	 * real one without a body, marked by {@code x-governance-fault}.
	 * @param status its status
	 * @param rule the rule that wants it, for the mark
	 * @return the response
	 */
	R answer(int status, String rule);

	/**
	 * The head of a response.
	 * @param response the response
	 * @return its head
	 * @throws IOException if it cannot be read
	 */
	ResponseHead head(R response) throws IOException;

	/**
	 * Whether the request can be sent once more, its body included. Asked after an
	 * attempt.
	 * @return whether it can
	 */
	boolean isRepeatable();

	/**
	 * Whether the last attempt failed on this side, in making the request: that says
	 * nothing of the callee. Asked after an attempt that failed.
	 * @return whether it did; not, by default
	 */
	default boolean isOwnFailure() {
		return false;
	}

	/**
	 * How this client can be answered by somebody else.
	 * @return how; {@code null} where it cannot, as by default
	 */
	default @Nullable Answers<R> answers() {
		return null;
	}

	/**
	 * Makes the same call later, after its caller has gone, with a copy of what the
	 * caller may change.
	 * @param maxBytes how large its body may be
	 * @return sends the attempts; {@code null} where the call cannot be kept, as by
	 * default
	 */
	default @Nullable KeptExchange<BlockingExchange<R>> kept(long maxBytes) {
		return null;
	}

	/**
	 * Frees what a response holds, before the next attempt.
	 * @param response the response that nobody will read
	 * @param boundNanos how long the thread may wait for the rest of it, in nanoseconds;
	 * past that it is abandoned with its connection
	 */
	void discard(R response, long boundNanos);

}
