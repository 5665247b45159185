// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import io.governance.resilience.inbound.InboundRun;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Ends a run when its asynchronous processing completes. A container completes it in
 * every case, after errors and timeouts too; those are only noted.
 */
final class RunListener implements AsyncListener {

	private final InboundRun run;

	private final HttpServletResponse response;

	private final @Nullable TimedAnswer answer;

	RunListener(InboundRun run, HttpServletResponse response, @Nullable TimedAnswer answer) {
		this.run = run;
		this.response = response;
		this.answer = answer;
	}

	@Override
	public void onComplete(AsyncEvent event) {
		if (this.answer != null) {
			this.answer.end();
		}
		this.run.respond(this.response.getStatus());
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		// whoever answers for it sets the status
	}

	@Override
	public void onError(AsyncEvent event) {
		note(event.getThrowable(), this.run, this.response);
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
		// listeners do not outlive a dispatch
		event.getAsyncContext().addListener(this);
	}

	static void note(Throwable error, InboundRun run, HttpServletResponse response) {
		if (DisconnectedClientHelper.isClientDisconnectedException(error)) {
			run.abandon();
		}
		else if (response.isCommitted()) {
			run.breakOff(error);
		}
	}

}
