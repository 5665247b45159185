// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import io.governance.context.RequestAttributes;
import io.governance.policy.Rejection;
import io.governance.rejection.RejectionAnswer;
import io.governance.rejection.ServletAnswers;
import io.governance.rejection.TraceId;
import io.governance.resilience.inbound.DeadlineTimer;
import io.governance.resilience.inbound.InboundCalls;
import io.governance.resilience.inbound.InboundRun;
import io.governance.resilience.inbound.StreamTypes;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.util.WebUtils;

/**
 * Answers a call when its time is up, unless its handler has begun to. The handler's
 * thread is its own and goes on: what it writes then is dropped. Whatever changes the
 * response holds the lock, so that the container's response, which knows nothing of
 * threads, is changed by one at a time. Thread-safe.
 */
final class TimedAnswer {

	private static final String ATTRIBUTE = TimedAnswer.class.getName();

	private static final Logger logger = LoggerFactory.getLogger(TimedAnswer.class);

	private static final long LOCK_PAUSE_NANOS = 100_000;

	private final InboundCalls calls;

	private final InboundRun run;

	private final Exchange exchange;

	private final Predicate<HttpServletRequest> streams;

	private final boolean asksForStream;

	private final boolean keepsConnection;

	private final @Nullable String traceId = TraceId.current();

	private final Thread thread = Thread.currentThread();

	private final ReentrantLock lock = new ReentrantLock();

	private volatile boolean handlers;

	private boolean over;

	private @Nullable Future<?> timer;

	/**
	 * Creates it, on the thread that the handler will run on.
	 * @param streams which calls are answered by a stream, as far as handlers tell
	 */
	TimedAnswer(InboundCalls calls, InboundRun run, Exchange exchange, Predicate<HttpServletRequest> streams) {
		this.calls = calls;
		this.run = run;
		this.exchange = exchange;
		this.streams = streams;
		// containers decode headers as they are asked for: not for two threads at a time
		HttpServletRequest request = exchange.request();
		this.keepsConnection = request.getProtocol().startsWith("HTTP/1");
		this.asksForStream = "websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
				|| StreamTypes.isNamedIn(request.getHeader("Accept"));
	}

	void start(DeadlineTimer deadlines, long nanos) {
		this.exchange.request().setAttribute(ATTRIBUTE, this);
		this.timer = deadlines.after(this::expire, nanos);
	}

	/**
	 * The response for the handler.
	 */
	HttpServletResponse guard(HttpServletResponse response) {
		boolean guarded = WebUtils.getNativeResponse(response, TimedResponse.class) != null;
		return (guarded || isOver()) ? response : new TimedResponse(response, this);
	}

	private boolean isOver() {
		this.lock.lock();
		try {
			return this.over;
		}
		finally {
			this.lock.unlock();
		}
	}

	static @Nullable TimedAnswer of(HttpServletRequest request) {
		return (request.getAttribute(ATTRIBUTE) instanceof TimedAnswer answer) ? answer : null;
	}

	/**
	 * Asked before anything of the handler's answer goes out.
	 * @return whether it may; if not, the call is answered
	 */
	boolean mayAnswer() {
		if (this.handlers) {
			return true;
		}
		if (!lockUnlessTimedOut()) {
			return false;
		}
		try {
			if (this.calls.isLate(this.run)) {
				answerUnlessBegun();
			}
			this.handlers = this.run.handlerAnswers();
			return this.handlers;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Whether the handler's answer has begun to go out.
	 */
	boolean isBegun() {
		return this.handlers;
	}

	/**
	 * Whether the call was answered for because its time was up.
	 */
	boolean isTimedOut() {
		return this.run.isTimedOut();
	}

	/**
	 * Changes the head of the response, unless the call is answered.
	 */
	void change(Runnable change) {
		if (!lockUnlessTimedOut()) {
			return;
		}
		try {
			if (!this.run.isTimedOut()) {
				change.run();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits for the lock only until it is known who answers: the deadline's thread holds
	 * it while it completes the call, where Jetty has it run listeners, and those of
	 * Spring wait for a lock that the handler's thread has when it asks.
	 * @return whether the lock is held; if not, the deadline answers
	 */
	private boolean lockUnlessTimedOut() {
		while (!this.lock.tryLock()) {
			if (this.run.isTimedOut()) {
				return false;
			}
			LockSupport.parkNanos(this, LOCK_PAUSE_NANOS);
		}
		return true;
	}

	/**
	 * The time is up.
	 */
	private void expire() {
		this.lock.lock();
		try {
			if (answerUnlessBegun()) {
				complete();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The handler's thread has left: with nothing written it may still be too late.
	 */
	void leave() {
		this.lock.lock();
		try {
			if (this.exchange.request().isAsyncStarted()) {
				if (this.run.isTimedOut()) {
					complete();
				}
				return;
			}
			if (this.calls.isLate(this.run)) {
				answerUnlessBegun();
			}
			end();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The call is over: the request and the response are the container's again.
	 */
	void end() {
		this.lock.lock();
		try {
			this.over = true;
			Future<?> started = this.timer;
			if (started != null) {
				started.cancel(false);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * What is committed has begun, whoever wrote it.
	 */
	private boolean answerUnlessBegun() {
		boolean answers = !this.over && !isStream() && !this.exchange.response().isCommitted()
				&& this.run.deadlineAnswers();
		if (answers) {
			answer();
		}
		return answers;
	}

	private boolean isStream() {
		return this.asksForStream || StreamTypes.isNamedIn(this.exchange.response().getContentType())
				|| this.streams.test(this.exchange.request());
	}

	private void answer() {
		HttpServletRequest request = this.exchange.request();
		HttpServletResponse response = this.exchange.response();
		Rejection rejection = this.calls.late(this.run);
		request.setAttribute(RequestAttributes.REJECTION, rejection);
		try {
			response.resetBuffer();
			response.setHeader("Content-Encoding", null);
			if (Thread.currentThread() != this.thread && this.keepsConnection) {
				// the connection is of no use before the handler's thread comes back
				response.setHeader("Connection", "close");
			}
			ServletAnswers.write(RejectionAnswer.afterWork(rejection, this.traceId), request,
					new RetriedResponse(response, this.run));
			// over HTTP/2 the body would otherwise go on until the handler comes back
			response.getOutputStream().close();
		}
		catch (IOException | RuntimeException ex) {
			logger.atDebug().setCause(ex).log("a caller was not told that its time is up");
		}
	}

	private void complete() {
		HttpServletRequest request = this.exchange.request();
		try {
			if (request.isAsyncStarted()) {
				request.getAsyncContext().complete();
			}
		}
		catch (IllegalStateException ex) {
			logger.atDebug().setCause(ex).log("the handler completes a call whose time is up");
		}
	}

}
