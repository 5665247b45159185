// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.webflux;

import java.time.Duration;

import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Permit.Fault;
import io.governance.policy.Rejection;
import io.governance.rejection.QuotaHeaders;
import io.governance.resilience.admission.Injection;
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
		Patience patience = new Patience(this.time, run.context().deadline());
		return new ReactiveAdmission<>(patience, (lease) -> {
			Permit permit = lease.take();
			run.hold(permit);
			Fault fault = permit.fault();
			return (fault == null) ? enter(permit, run, exchange, chain)
					: injected(Injection.of(fault, patience), permit, run, exchange, chain);
		}, (rejection) -> reject(rejection, run, exchange)).follow(decision);
	}

	private static Mono<Void> enter(Permit permit, InboundRun run, ServerWebExchange exchange, WebFilterChain chain) {
		QuotaHeaders.write(permit.quotas(), exchange.getResponse().getHeaders()::add);
		return chain.filter((permit != Permit.NONE || run.context().deadline() != null)
				? WatchedResponse.of(exchange, run) : exchange);
	}

	private Mono<Void> injected(Injection injection, Permit permit, InboundRun run, ServerWebExchange exchange,
			WebFilterChain chain) {
		Rejection answer = injection.answer();
		Mono<Void> then = Mono
			.defer(() -> (answer != null) ? reject(answer, run, exchange) : enter(permit, run, exchange, chain));
		return (injection.waitNanos() == 0) ? then : Mono.delay(Duration.ofNanos(injection.waitNanos())).then(then);
	}

	private Mono<Void> reject(Rejection rejection, InboundRun run, ServerWebExchange exchange) {
		run.fail(Outcome.Kind.REJECTED, null);
		return this.rejections.reject(exchange, rejection);
	}

}
