// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.circuitbreaker;

import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.governance.keyed.KeyedStates;
import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.Policy;
import io.governance.policy.Policy.Forecast;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.policy.circuitbreaker.CircuitBreakerRule.Force;
import io.governance.rule.PolicyContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks the breaker of the call's key, unless the rule says what the answer is: the
 * breakers then rest, and know afterwards what they knew.
 */
final class CircuitBreakerPolicy implements Policy {

	private final String rule;

	private final KeyedStates<KeyBreaker> breakers;

	private final @Nullable Force force;

	private final Decision forcedOpen;

	private CircuitBreakerPolicy(String rule, KeyedStates<KeyBreaker> breakers, @Nullable Force force) {
		this.rule = rule;
		this.breakers = breakers;
		this.force = force;
		this.forcedOpen = new Decision.Rejected(open(0));
	}

	static CircuitBreakerPolicy of(CircuitBreakerRule rule, PolicyContext context) {
		BreakerTerms terms = BreakerTerms.of(rule, context);
		LongAdder overflow = context.events().apply(CircuitBreakerRuleType.OVERFLOW);
		return new CircuitBreakerPolicy(context.rule(), new KeyedStates<>(rule.key(), rule.maxKeys(), context.time(),
				overflow, (key) -> new KeyBreaker(key, terms)), rule.force());
	}

	/**
	 * The policy of a rule that differs in what it forces, with the same breakers.
	 */
	CircuitBreakerPolicy forced(@Nullable Force forced) {
		return new CircuitBreakerPolicy(this.rule, this.breakers, forced);
	}

	@Override
	public Decision tryAcquire(Call call) {
		if (this.force != null) {
			return (this.force == Force.OPEN) ? this.forcedOpen : Decision.ADMITTED;
		}
		KeyBreaker breaker = this.breakers.of(call);
		Decision admitted = breaker.tryAcquire();
		return (admitted != null) ? admitted : new Decision.Rejected(open(breaker.nanosUntilProbe()));
	}

	@Override
	public Forecast foresee(Call call) {
		if (this.force != null) {
			String state = "forced " + this.force;
			return (this.force == Force.OPEN) ? Forecast.reject(open(0), state) : Forecast.admit(state);
		}
		KeyBreaker breaker = this.breakers.find(call);
		if (breaker == null) {
			return Forecast.admit("CLOSED");
		}
		String state = breaker.state().name();
		if (!breaker.wouldAdmit()) {
			return Forecast.reject(open(breaker.nanosUntilProbe()), state);
		}
		return Forecast.admit((breaker.state() == State.CLOSED) ? state : state + ", as a probe");
	}

	private Rejection open(long retryAfterNanos) {
		return new Rejection(Reason.CIRCUIT_OPEN, this.rule, retryAfterNanos);
	}

	@Override
	public boolean continues(Policy before) {
		return before instanceof CircuitBreakerPolicy other && other.breakers == this.breakers;
	}

	@Override
	public String state() {
		String states = this.breakers.describe((breaker) -> breaker.state().name());
		return (this.force == null) ? states
				: ("forced " + this.force.name().toLowerCase(Locale.ROOT) + " " + states).trim();
	}

}
