// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import io.governance.context.CallContext;
import io.governance.policy.Call;
import io.governance.resilience.failback.KeptExchange;
import io.governance.resilience.failback.Resend;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Carries out calls of reactive clients. Waits with Reactor's own timers; holds no
 * thread. Permits are given back when the head of the response is there, the attempt has
 * failed, or the subscriber cancels. Thread-safe.
 */
public final class ReactiveCallExecutor {

	private final CallExecution execution;

	/**
	 * Creates an executor.
	 * @param execution what it works with
	 */
	public ReactiveCallExecutor(CallExecution execution) {
		this.execution = execution;
	}

	/**
	 * Carries out a call.
	 * @param call the call, for the rules
	 * @param context what the call is made on behalf of
	 * @param exchange sends the attempts
	 * @return emits the response, its body still to be read; fails with a
	 * {@link io.governance.policy.CallRejectedException} if the call or an attempt may
	 * not go, with a {@link CallTimeoutException} if no response came in time, and else
	 * with what the client gave at the last attempt. To be subscribed to once
	 * @param <R> the response
	 */
	public <R> Mono<R> execute(Call call, CallContext context, ReactiveExchange<R> exchange) {
		return Mono
			.deferContextual((view) -> new ReactiveRun<>(new CallRun(this.execution, call, context), exchange, view)
				.start((bytes) -> resend(call, exchange, bytes)));
	}

	private <R> @Nullable Resend resend(Call call, ReactiveExchange<R> exchange, long maxBytes) {
		KeptExchange<ReactiveExchange<R>> kept = exchange.kept(maxBytes);
		return (kept != null) ? new ReactiveResend<>(this.execution, call, kept) : null;
	}

}
