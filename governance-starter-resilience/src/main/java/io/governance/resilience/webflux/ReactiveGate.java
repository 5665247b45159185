// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.webflux;

import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.rejection.QuotaHeaders;
import io.governance.resilience.admission.Patience;
import io.governance.resilience.admission.ReactiveAdmission;
import io.governance.resilience.inbound.InboundCalls;
import io.governance.resilience.inbound.InboundRun;
import io.governance.time.TimeSource;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Carries out what the engine decided on a segment. Thread-safe.
 */
final class ReactiveGate {

	private final TimeSource time;

	private final ReactiveRejections rejections;

	ReactiveGate(InboundCalls calls, ReactiveRejectionCors cors) {
		this.time = calls.settings().time();
		this.rejections = new ReactiveRejections(cors);
	}

	/**
	 * Lets a call in, after a wait if need be, or answers it.
	 */
	Mono<Void> pass(Decision decision, InboundRun run, ServerWebExchange exchange, WebFilterChain chain) {
		return new ReactiveAdmission<>(new Patience(this.time, run.context().deadline()), (lease) -> {
			Permit permit = lease.take();
			run.hold(permit);
			QuotaHeaders.write(permit.quotas(), exchange.getResponse().getHeaders()::add);
			return chain.filter((permit != Permit.NONE) ? WatchedResponse.of(exchange, run) : exchange);
		}, (rejection) -> {
			run.fail(Outcome.Kind.REJECTED, null);
			return this.rejections.reject(exchange, rejection);
		}).follow(decision);
	}

}
