// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * How a client that calls back sends one logical call, attempt by attempt.
 *
 * @param <R> the response
 */
public interface AsyncExchange<R> {

	/**
	 * Takes a step of the call as if on the thread that began it.
	 * @param step the step, to be taken at once
	 */
	void resume(Runnable step);

	/**
	 * Sends the request.
	 * @param attempt the attempt
	 * @return completes with the response, or fails with what the client gave; cancelling
	 * it abandons the attempt
	 */
	CompletableFuture<R> send(Attempt attempt);

	/**
	 * Makes the response of an attempt that is not sent, but answered on purpose: like a
	 * real one without a body, marked by {@code x-governance-fault}.
	 * @param status its status
	 * @param rule the rule that wants it, for the mark
	 * @return the response
	 */
	R answer(int status, String rule);

	/**
	 * What the client gives for an attempt that is not sent, but failed on purpose.
	 * @param error what a connection would have said
	 * @return the client's own error around it
	 */
	Throwable failure(IOException error);

	/**
	 * The head of a response.
	 * @param response the response
	 * @return its head
	 */
	ResponseHead head(R response);

	/**
	 * Whether the request can be sent once more. Asked after an attempt.
	 * @return whether it can
	 */
	boolean isRepeatable();

	/**
	 * How this client can be answered by somebody else.
	 * @return how; {@code null} where it cannot
	 */
	@Nullable Answers<R> answers();

}
