// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.method;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A bean that does what it is told.
 */
class Stock {

	@Governed("stock")
	public <T extends @Nullable Object> T blocking(Callable<T> work) throws Exception {
		return work.call();
	}

	@Governed("stock")
	public <T> Mono<T> mono(Supplier<Mono<T>> work) {
		return work.get();
	}

	@Governed("stock")
	public <T> Flux<T> flux(Supplier<Flux<T>> work) {
		return work.get();
	}

	@Governed("stock")
	public <T> CompletableFuture<T> stage(Supplier<CompletableFuture<T>> work) {
		return work.get();
	}

}
