// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.circuitbreaker;

import java.util.TreeMap;
import java.util.stream.Collectors;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.Policy;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.rule.PolicyContext;
import org.jspecify.annotations.Nullable;

/**
 * A breaker per called service. Service names come from configuration; the bound is there
 * for gateways that are misled.
 */
final class CircuitBreakerPolicy implements Policy {

	private static final int MAX_SERVICES = 1_000;

	private final CircuitBreakerRule rule;

	private final PolicyContext context;

	private final Cache<String, ServiceBreaker> breakers;

	CircuitBreakerPolicy(CircuitBreakerRule rule, PolicyContext context) {
		this.rule = rule;
		this.context = context;
		this.breakers = Caffeine.newBuilder()
			.executor(Runnable::run)
			.maximumSize(MAX_SERVICES)
			.<String, ServiceBreaker>evictionListener((service, breaker, cause) -> forget(service))
			.build();
	}

	@Override
	public Decision tryAcquire(Call call) {
		ServiceBreaker breaker = this.breakers.get(call.service(),
				(service) -> new ServiceBreaker(service, this.rule, this.context));
		Decision admitted = breaker.tryAcquire();
		return (admitted != null) ? admitted : new Decision.Rejected(
				new Rejection(Reason.CIRCUIT_OPEN, this.context.rule(), breaker.nanosUntilProbe()));
	}

	private void forget(@Nullable String service) {
		if (service != null) {
			this.context.states().forget(service);
		}
	}

	@Override
	public String state() {
		return new TreeMap<>(this.breakers.asMap()).entrySet()
			.stream()
			.map((entry) -> entry.getKey() + "=" + entry.getValue().state())
			.collect(Collectors.joining(" "));
	}

}
