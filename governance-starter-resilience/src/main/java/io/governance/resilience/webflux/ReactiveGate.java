// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.webflux;

import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.resilience.decision.ReactiveDecisions;
import io.governance.resilience.inbound.InboundCalls;
import io.governance.resilience.inbound.InboundRun;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Carries out what the engine decided on a segment. Thread-safe.
 */
final class ReactiveGate {

	private final ReactiveDecisions decisions;

	private final ReactiveRejections rejections;

	ReactiveGate(InboundCalls calls, ReactiveRejectionCors cors) {
		this.decisions = new ReactiveDecisions(calls.settings().time());
		this.rejections = new ReactiveRejections(cors);
	}

	/**
	 * Lets a call in, after a wait if need be, or answers it.
	 */
	Mono<Void> pass(Decision decision, InboundRun run, ServerWebExchange exchange, WebFilterChain chain) {
		if (decision instanceof Decision.Admitted admitted) {
			run.hold(admitted.permit());
			return chain.filter((admitted.permit() != Permit.NONE) ? WatchedResponse.of(exchange, run) : exchange);
		}
		if (decision instanceof Decision.Rejected rejected) {
			run.fail(Outcome.Kind.REJECTED, null);
			return this.rejections.reject(exchange, rejected.rejection());
		}
		return this.decisions.settle(decision, run.context().deadline())
			.flatMap((settled) -> pass(settled, run, exchange, chain));
	}

}
