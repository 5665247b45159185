// SPDX-License-Identifier: Apache-2.0

package io.governance.context;

import java.util.Map;

import io.governance.execution.Deadline;
import io.governance.policy.Call.Priority;
import org.jspecify.annotations.Nullable;

/**
 * What an inbound call brings along for the outbound calls made on its behalf. Immutable,
 * but for the note that it takes back; held in the suite's only thread-local and, under
 * {@link #KEY}, in the Reactor context. Micrometer's context propagation carries it to
 * other threads.
 *
 * @param deadline until when the caller waits; {@code null} when it did not say
 * @param attempt which try of the caller's this is; 1 is the first
 * @param labels labels that travel with the call
 * @param caller the calling service, as far as it is trusted
 * @param priority what load shedding may do with it
 * @param retryNote where the outbound calls note that their retries did not help;
 * {@code null} where nobody reads it
 */
public record CallContext(@Nullable Deadline deadline, int attempt, Map<String, String> labels, @Nullable String caller,
		Priority priority, @Nullable RetryNote retryNote) {

	/** The key under which the context travels through Reactor and Micrometer. */
	public static final String KEY = "governance.call-context";

	/** The context of work that no call started. */
	public static final CallContext NONE = new CallContext(null, 1, Map.of(), null, Priority.DEFAULT);

	private static final ThreadLocal<@Nullable CallContext> CURRENT = new ThreadLocal<>();

	/**
	 * Copies the labels.
	 */
	public CallContext {
		labels = Map.copyOf(labels);
	}

	/**
	 * Creates a context whose retries nobody asks for.
	 * @param deadline until when the caller waits
	 * @param attempt which try of the caller's this is
	 * @param labels labels that travel with the call
	 * @param caller the calling service
	 * @param priority what load shedding may do with it
	 */
	public CallContext(@Nullable Deadline deadline, int attempt, Map<String, String> labels, @Nullable String caller,
			Priority priority) {
		this(deadline, attempt, labels, caller, priority, null);
	}

	/**
	 * The context of the current thread.
	 * @return the context; {@link #NONE} where none is set
	 */
	public static CallContext current() {
		CallContext context = CURRENT.get();
		return (context != null) ? context : NONE;
	}

	/**
	 * This context for work that its caller does not wait for.
	 * @return the same without the deadline
	 */
	public CallContext withoutDeadline() {
		return (this.deadline != null) ? new CallContext(null, this.attempt, this.labels, this.caller, this.priority)
				: this;
	}

	/**
	 * This context for one attempt of work that is done for the same call.
	 * @param end until when the attempt is waited for; {@code null} for this deadline
	 * @param number which attempt it is, from 1: calls made by a further one are not
	 * tried again
	 * @return the same with the deadline and the attempt
	 */
	public CallContext attempting(@Nullable Deadline end, int number) {
		return (end == null && number <= this.attempt) ? this : new CallContext((end != null) ? end : this.deadline,
				Math.max(this.attempt, number), this.labels, this.caller, this.priority, this.retryNote);
	}

	/**
	 * This context for a call whose caller is told of retries that did not help.
	 * @param note where that is noted
	 * @return the same with the note
	 */
	public CallContext withRetryNote(RetryNote note) {
		return new CallContext(this.deadline, this.attempt, this.labels, this.caller, this.priority, note);
	}

	/**
	 * Notes, where somebody reads it, that a call made for this one failed in spite of
	 * retries, or was not tried again because there may be no more of them.
	 */
	public void retriesDidNotHelp() {
		if (this.retryNote != null) {
			this.retryNote.write();
		}
	}

	/**
	 * Sets the context of the current thread until the scope is closed, which must happen
	 * on the same thread.
	 * @return the scope, which puts back what was there before
	 */
	public Scope makeCurrent() {
		CallContext before = CURRENT.get();
		CURRENT.set(this);
		return () -> set(before);
	}

	static @Nullable CallContext get() {
		return CURRENT.get();
	}

	static void set(@Nullable CallContext context) {
		if (context != null) {
			CURRENT.set(context);
		}
		else {
			CURRENT.remove();
		}
	}

	/** Ends the validity of a context on a thread. */
	@FunctionalInterface
	public interface Scope extends AutoCloseable {

		@Override
		void close();

	}

}
