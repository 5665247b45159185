// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.util.function.Consumer;

import io.governance.context.CallContext;
import io.governance.execution.CallFailure;
import io.governance.policy.Call;
import io.governance.policy.Outcome;
import io.governance.resilience.failback.KeptExchange;
import io.governance.resilience.failback.Resend;

/**
 * Makes a call of a blocking client again, on the thread that asks.
 *
 * @param executor carries it out, as any call
 * @param call the call, for the rules
 * @param kept sends it
 */
record BlockingResend<R>(BlockingCallExecutor executor, Call call,
		KeptExchange<BlockingExchange<R>> kept) implements Resend {

	@Override
	public long bytes() {
		return this.kept.bytes();
	}

	@Override
	@SuppressWarnings("try")
	public void send(CallContext context, Consumer<CallFailure> ended) {
		ended.accept(ending(context));
	}

	@SuppressWarnings("try")
	private CallFailure ending(CallContext context) {
		BlockingExchange<R> exchange = this.kept.exchange();
		try (CallContext.Scope scope = context.makeCurrent()) {
			R response = this.executor.attempts(this.call, context, exchange);
			ResponseHead head = exchange.head(response);
			exchange.discard(response, CallRun.MAX_DISCARD_NANOS);
			return new CallFailure(Outcome.response(head.status(), head.notProcessed(), 0), null);
		}
		catch (Exception ex) {
			return Replies.failure(ex, exchange.isOwnFailure());
		}
	}

}
