// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.time.Duration;
import java.util.function.Consumer;

import io.governance.context.CallContext;
import io.governance.execution.CallFailure;
import io.governance.policy.Call;
import io.governance.policy.Outcome;
import io.governance.resilience.failback.KeptExchange;
import io.governance.resilience.failback.Resend;
import reactor.core.publisher.Mono;

/**
 * Makes a call of a reactive client again.
 *
 * @param execution what it works with
 * @param call the call, for the rules
 * @param kept sends it
 */
record ReactiveResend<R>(CallExecution execution, Call call, KeptExchange<ReactiveExchange<R>> kept) implements Resend {

	@Override
	public long bytes() {
		return this.kept.bytes();
	}

	@Override
	public void send(CallContext context, Consumer<CallFailure> ended) {
		ReactiveExchange<R> exchange = this.kept.exchange();
		Mono.deferContextual(
				(view) -> new ReactiveRun<>(new CallRun(this.execution, this.call, context), exchange, view).call())
			.flatMap(this::ending)
			.onErrorResume((error) -> Mono.just(Replies.failure(error, exchange.isOwnFailure())))
			.contextWrite((view) -> view.put(CallContext.KEY, context))
			.subscribe(ended);
	}

	private Mono<CallFailure> ending(R response) {
		ResponseHead head = this.kept.exchange().head(response);
		CallFailure ending = new CallFailure(Outcome.response(head.status(), head.notProcessed(), 0), null);
		return this.kept.exchange()
			.discard(response)
			.timeout(Duration.ofNanos(CallRun.MAX_DISCARD_NANOS))
			.onErrorComplete()
			.thenReturn(ending);
	}

}
