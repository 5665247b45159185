// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.util.concurrent.CompletableFuture;

import io.governance.context.CallContext;
import io.governance.policy.Call;
import io.governance.resilience.admission.Timer;
import io.governance.time.TimeSource;

/**
 * Carries out calls of clients that call back. Holds no thread: what is to be waited for
 * goes on with a timer. Answers are not kept, since the request of such a client is in a
 * message that no rule reads. Thread-safe.
 */
public final class AsyncCallExecutor {

	private final CallExecution execution;

	private final Timer timer;

	/**
	 * Creates an executor.
	 * @param execution what it works with
	 * @param timer waits
	 */
	public AsyncCallExecutor(CallExecution execution, Timer timer) {
		this.execution = execution;
		this.timer = timer;
	}

	/**
	 * The clock that deadlines are on.
	 * @return the clock
	 */
	public TimeSource time() {
		return this.execution.time();
	}

	/**
	 * Carries out a call; begins at once, on this thread.
	 * @param call the call, for the rules
	 * @param context what the call is made on behalf of
	 * @param exchange sends the attempts
	 * @return completes with the response; fails with a
	 * {@link io.governance.policy.CallRejectedException} if the call or an attempt may
	 * not go, with a {@link CallTimeoutException} if no response came in time, and else
	 * with what the client gave at the last attempt. Cancelling it gives the call up
	 * @param <R> the response
	 */
	public <R> CompletableFuture<R> execute(Call call, CallContext context, AsyncExchange<R> exchange) {
		AsyncRun<R> run = new AsyncRun<>(new CallRun(this.execution, call, context), exchange, this.timer);
		run.start();
		return run.result();
	}

}
