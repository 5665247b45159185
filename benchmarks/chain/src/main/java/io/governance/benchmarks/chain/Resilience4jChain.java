// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.chain;

import java.time.Duration;
import java.util.function.Supplier;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.governance.context.Attempts;

/**
 * Resilience4j's decorators in the same order and with the same numbers, made once for
 * all calls. It has no deadline for calls that block, and no budget of retries.
 */
final class Resilience4jChain implements Chain {

	private final Supplier<Response> decorated;

	Resilience4jChain(Upstream upstream) {
		Supplier<Response> attempt = CircuitBreaker.decorateSupplier(breaker(),
				Bulkhead.decorateSupplier(bulkhead(), () -> upstream.send(new Attempts(StockCall.SERVICE))));
		this.decorated = RateLimiter.decorateSupplier(limiter(), Retry.decorateSupplier(retry(), attempt));
	}

	private static RateLimiter limiter() {
		return RateLimiter.of(StockCall.SERVICE,
				RateLimiterConfig.custom()
					.limitForPeriod(Application.CALLS_PER_SECOND)
					.limitRefreshPeriod(Duration.ofSeconds(1))
					.timeoutDuration(Duration.ZERO)
					.build());
	}

	private static Retry retry() {
		return Retry.of(StockCall.SERVICE,
				RetryConfig.<Response>custom().maxAttempts(2).retryOnResult(Response::isError).build());
	}

	private static CircuitBreaker breaker() {
		return CircuitBreaker.of(StockCall.SERVICE,
				CircuitBreakerConfig.custom()
					.minimumNumberOfCalls(20)
					.slidingWindowSize(100)
					.recordResult((response) -> response instanceof Response answered && answered.isError())
					.build());
	}

	private static Bulkhead bulkhead() {
		return Bulkhead.of(StockCall.SERVICE,
				BulkheadConfig.custom().maxConcurrentCalls(Application.CALLS_AT_A_TIME).build());
	}

	@Override
	public Response call() {
		return this.decorated.get();
	}

}
