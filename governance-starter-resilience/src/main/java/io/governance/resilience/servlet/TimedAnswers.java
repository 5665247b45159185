// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import java.util.function.Predicate;

import io.governance.execution.Deadline;
import io.governance.resilience.inbound.DeadlineTimer;
import io.governance.resilience.inbound.InboundCalls;
import io.governance.resilience.inbound.InboundRun;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Has calls answered when their time is up. Thread-safe.
 */
public final class TimedAnswers {

	private final InboundCalls calls;

	private final DeadlineTimer timer;

	private final Predicate<HttpServletRequest> streams;

	/**
	 * Creates it.
	 * @param calls the steps of an inbound call
	 * @param timer keeps the time
	 * @param streams which calls are answered by a stream, as far as handlers tell; asked
	 * when the time is up
	 */
	public TimedAnswers(InboundCalls calls, DeadlineTimer timer, Predicate<HttpServletRequest> streams) {
		this.calls = calls;
		this.timer = timer;
		this.streams = streams;
	}

	/**
	 * Begins to keep the time of a call.
	 * @return {@code null} for a call without a deadline
	 */
	@Nullable TimedAnswer begin(InboundRun run, Exchange exchange) {
		Deadline deadline = run.context().deadline();
		if (deadline == null) {
			return null;
		}
		TimedAnswer answer = new TimedAnswer(this.calls, run, exchange, this.streams);
		answer.start(this.timer, deadline.remainingNanos(this.calls.settings().time()));
		return answer;
	}

}
