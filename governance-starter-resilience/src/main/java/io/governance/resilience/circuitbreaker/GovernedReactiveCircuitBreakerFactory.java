// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.circuitbreaker;

import java.util.function.Function;

import io.governance.resilience.local.ReactiveLocalCalls;

import org.springframework.cloud.client.circuitbreaker.ReactiveCircuitBreaker;
import org.springframework.cloud.client.circuitbreaker.ReactiveCircuitBreakerFactory;
import org.springframework.util.Assert;

/**
 * Makes circuit breakers that run their work under the rules whose {@code match.service}
 * is their id, and as it is where there are none: without a time limit. Thread-safe.
 */
public final class GovernedReactiveCircuitBreakerFactory extends ReactiveCircuitBreakerFactory<RuleConfig, RuleConfig> {

	private final ReactiveLocalCalls calls;

	private volatile boolean used;

	/**
	 * Creates it.
	 * @param calls runs the work
	 */
	public GovernedReactiveCircuitBreakerFactory(ReactiveLocalCalls calls) {
		this.calls = calls;
	}

	@Override
	public ReactiveCircuitBreaker create(String id) {
		Assert.hasText(id,
				"the id of a circuit breaker is empty (expected: the name that rules match as the called service)");
		this.used = true;
		return new GovernedReactiveCircuitBreaker(this.calls, id);
	}

	/**
	 * What runs rules by it, for people.
	 * @return a text; empty before the first circuit breaker is made
	 */
	public String description() {
		return this.used ? "reactive circuit breakers of Spring Cloud" : "";
	}

	@Override
	protected RuleConfig configBuilder(String id) {
		throw RuleConfig.refused(id);
	}

	@Override
	public void configureDefault(Function<String, RuleConfig> defaultConfiguration) {
		throw RuleConfig.refused("ID");
	}

}
