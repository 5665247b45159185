// SPDX-License-Identifier: Apache-2.0

package io.governance.execution;

import java.util.concurrent.CompletableFuture;

import io.governance.answer.Answer;
import io.governance.answer.AnswerCopy;
import io.governance.answer.AnswerHead;
import io.governance.policy.Call;
import org.jspecify.annotations.Nullable;

/**
 * What a cache has for one call.
 */
public sealed interface CacheTurn {

	/**
	 * The answer is there.
	 *
	 * @param answer the answer
	 */
	record Hit(Answer answer) implements CacheTurn {
	}

	/**
	 * Another call for the same is under way.
	 *
	 * @param end its end, which says what to do then; never fails. Not to be cancelled
	 * @param maxNanos how long to wait for it at most, in nanoseconds
	 * @param alone what to do when that time is over
	 */
	record Wait(CompletableFuture<Shared> end, long maxNanos, Make alone) implements CacheTurn {
	}

	/**
	 * The call is to be made. To be told of its end; what comes after the first word
	 * changes nothing.
	 */
	non-sealed interface Make extends CacheTurn {

		/** A call that no cache has to do with. */
		Make PLAIN = new Make() {

			@Override
			public @Nullable AnswerCopy copyOf(AnswerHead head) {
				return null;
			}

			@Override
			public void ended(boolean cancelled) {
				// nobody waits
			}

		};

		/**
		 * Asks for a copy of the response.
		 * @param head the head of the response
		 * @return takes the body as it is read; {@code null} where none is wanted
		 */
		@Nullable AnswerCopy copyOf(AnswerHead head);

		/**
		 * The call ended without a response of which a copy was asked for.
		 * @param cancelled whether its caller gave it up
		 */
		void ended(boolean cancelled);

	}

	/**
	 * How another call for the same ended, for a call that waited.
	 */
	@FunctionalInterface
	interface Shared {

		/**
		 * What to do now.
		 * @param call the call that waited
		 * @return a hit, or something else
		 */
		CacheTurn turn(Call call);

	}

}
