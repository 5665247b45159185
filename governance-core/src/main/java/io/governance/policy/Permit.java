// SPDX-License-Identifier: Apache-2.0

package io.governance.policy;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * What an admitted call holds until it ends.
 */
@FunctionalInterface
public interface Permit {

	/** A permit that holds nothing. */
	Permit NONE = (outcome) -> {
	};

	/**
	 * Gives the permit back. Call it exactly once, however the call ended.
	 * @param outcome how it ended
	 */
	void release(Outcome outcome);

	/**
	 * The quotas that the call came out of and that its caller is to be told of.
	 * @return the quotas; mostly none
	 */
	default List<Decision.Quota> quotas() {
		return List.of();
	}

	/**
	 * What the call is to meet on its way, on purpose.
	 * @return the fault; mostly none
	 */
	default @Nullable Fault fault() {
		return null;
	}

	/**
	 * A permit for many calls, which knows nothing of any of them: giving it costs
	 * nothing. Each call that is given it gives it back once.
	 *
	 * @param releasing is told how each of them ended
	 */
	record Shared(Consumer<Outcome> releasing) implements Permit {

		@Override
		public void release(Outcome outcome) {
			this.releasing.accept(outcome);
		}

	}

	/**
	 * How a call ends that is made to fail: with a status, or without a response. Written
	 * as {@code 503}, {@code connect} or {@code reset}.
	 *
	 * @param kind a response, a failure to connect, or a connection that broke
	 * @param status the status of the response; 0 without one
	 */
	record Abort(Outcome.Kind kind, int status) {

		/** What may be written. */
		public static final String EXPECTED = "a status from 200 to 599, connect or reset";

		private static final int MIN_STATUS = 200;

		private static final int MAX_STATUS = 599;

		/**
		 * Checks that there is a status exactly where there is a response.
		 */
		public Abort {
			boolean known = switch (kind) {
				case RESPONSE -> status >= MIN_STATUS && status <= MAX_STATUS;
				case CONNECT_FAILURE, RESET -> status == 0;
				case TIMEOUT, ERROR, CANCELLED, REJECTED -> false;
			};
			if (!known) {
				throw new IllegalArgumentException("abort: " + kind + " " + status + " (expected: " + EXPECTED + ")");
			}
		}

		/**
		 * Parses the written form.
		 * @param text the text
		 * @return the ending
		 * @throws IllegalArgumentException if the text is none
		 */
		public static Abort parse(String text) {
			String word = text.trim().toLowerCase(Locale.ROOT);
			if (word.equals("connect")) {
				return new Abort(Outcome.Kind.CONNECT_FAILURE, 0);
			}
			if (word.equals("reset")) {
				return new Abort(Outcome.Kind.RESET, 0);
			}
			if (!word.matches("[2-5][0-9][0-9]")) {
				throw new IllegalArgumentException("abort: " + text + " (expected: " + EXPECTED + ")");
			}
			return new Abort(Outcome.Kind.RESPONSE, Integer.parseInt(word));
		}

		/**
		 * Whether a server can answer so: with the status of an error.
		 * @param abort the ending; {@code null} for none
		 * @return whether it can
		 */
		public static boolean isAnswerable(@Nullable Abort abort) {
			return abort == null || abort.status >= 400;
		}

		@Override
		public String toString() {
			return switch (this.kind) {
				case CONNECT_FAILURE -> "connect";
				case RESET -> "reset";
				default -> String.valueOf(this.status);
			};
		}

	}

	/**
	 * What an admitted call is to meet on its way, on purpose: a delay, an ending, or the
	 * one after the other. Whoever runs the call carries it out, so that everything
	 * around the call sees what it would see of a real one.
	 *
	 * @param rule the rule that wants it, as {@code type/id}
	 * @param delayNanos how long the call is held up, in nanoseconds; 0 for not at all
	 * @param abort how it ends then; {@code null} where it goes its way
	 */
	record Fault(String rule, long delayNanos, @Nullable Abort abort) {

		/** The name of the reason that answers give. */
		public static final String REASON = "fault";

		/**
		 * How a server answers a call that is to end here. It says nothing of work that
		 * was not done: a real failure would not either.
		 * @return the answer; {@code null} where the call goes its way, or ends in no
		 * error
		 */
		public @Nullable Rejection rejection() {
			return (this.abort != null && Abort.isAnswerable(this.abort))
					? new Rejection(new Reason(REASON, this.abort.status(), false), this.rule, 0) : null;
		}

	}

}
