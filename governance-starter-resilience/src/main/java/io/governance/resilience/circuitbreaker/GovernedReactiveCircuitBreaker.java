// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.circuitbreaker;

import java.util.function.Function;

import io.governance.resilience.execution.ThreadLocals;
import io.governance.resilience.local.LocalWork;
import io.governance.resilience.local.ReactiveLocalCalls;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.cloud.client.circuitbreaker.ReactiveCircuitBreaker;

/**
 * Runs reactive work under the rules that name it, and its fallback when it fails or may
 * not go. A further attempt subscribes anew.
 */
record GovernedReactiveCircuitBreaker(ReactiveLocalCalls calls, String id) implements ReactiveCircuitBreaker {

	@Override
	public <T> Mono<T> run(Mono<T> toRun, Function<Throwable, Mono<T>> fallback) {
		return Mono
			.deferContextual((view) -> this.calls.mono(work(), () -> toRun)
				.onErrorResume((error) -> ThreadLocals.with(view, () -> fallback.apply(error))))
			.contextWrite(ThreadLocals::captured);
	}

	@Override
	public <T> Flux<T> run(Flux<T> toRun, Function<Throwable, Flux<T>> fallback) {
		return Flux
			.deferContextual((view) -> this.calls.flux(work(), () -> toRun)
				.onErrorResume((error) -> ThreadLocals.with(view, () -> fallback.apply(error))))
			.contextWrite(ThreadLocals::captured);
	}

	private LocalWork work() {
		return new LocalWork(this.id, GovernedCircuitBreaker.OPERATION);
	}

}
