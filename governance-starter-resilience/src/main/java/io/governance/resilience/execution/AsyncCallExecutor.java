// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.governance.context.CallContext;
import io.governance.execution.ExecutionPlan;
import io.governance.policy.Call;
import io.governance.resilience.admission.Timer;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

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
	 * @param patience how long the client itself was told to wait for this call;
	 * {@code null} where it was not. As the time of a rule, it says how much is enough
	 * @param exchange sends the attempts
	 * @return completes with the response; fails with a
	 * {@link io.governance.policy.CallRejectedException} if the call or an attempt may
	 * not go, with a {@link CallTimeoutException} if no response came in time, and else
	 * with what the client gave at the last attempt. Cancelling it gives the call up
	 * @param <R> the response
	 */
	public <R> CompletableFuture<R> execute(Call call, CallContext context, @Nullable Duration patience,
			AsyncExchange<R> exchange) {
		ExecutionPlan rules = this.execution.engine().plan(call);
		Duration total = (patience != null) ? CallRun.shorter(patience, rules.total()) : rules.total();
		ExecutionPlan plan = Objects.equals(total, rules.total()) ? rules
				: rules.withTimeouts(total, rules.perTry(), rules.connect(), null);
		AsyncRun<R> run = new AsyncRun<>(new CallRun(this.execution, call, context, plan), exchange, this.timer);
		run.start();
		return run.result();
	}

}
