// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.io.IOException;

import io.governance.resilience.failback.KeptExchange;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Sends the attempts of one call through a reactive client. Made per subscription; used
 * by one signal at a time.
 *
 * @param <R> the response, with its body still to be read
 */
public interface ReactiveExchange<R> {

	/**
	 * Sends the request.
	 * @param attempt the attempt
	 * @return emits the response as soon as its head is there; cancelling it abandons the
	 * attempt
	 */
	Mono<R> send(Attempt attempt);

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
	 * @return the client's own error around it; by default the error itself
	 */
	default Throwable failure(IOException error) {
		return error;
	}

	/**
	 * The head of a response.
	 * @param response the response
	 * @return its head
	 */
	ResponseHead head(R response);

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
	 * Makes the same call later, after its caller has gone.
	 * @param maxBytes how large its body may be
	 * @return sends the attempts; {@code null} where the call cannot be kept, as by
	 * default
	 */
	default @Nullable KeptExchange<ReactiveExchange<R>> kept(long maxBytes) {
		return null;
	}

	/**
	 * Frees what a response holds, before the next attempt.
	 * @param response the response that nobody will read
	 * @return completes when it is free
	 */
	Mono<Void> discard(R response);

}
