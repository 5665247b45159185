// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.circuitbreaker;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.governance.match.CallKey;
import io.governance.match.OutcomeMatch;
import io.governance.policy.Decision;
import io.governance.policy.FakeCall;
import io.governance.policy.Outcome;
import io.governance.policy.Outcome.Kind;
import io.governance.policy.Permit;
import io.governance.policy.Policy;
import io.governance.policy.Rejection;
import io.governance.policy.circuitbreaker.CircuitBreakerRule.Force;
import io.governance.rule.TestContext;
import io.governance.time.ManualTimeSource;
import org.jspecify.annotations.Nullable;

/**
 * A breaker that a test drives: opens at half of 4 calls, stays open for 10 s, probes
 * twice.
 */
final class BreakerTestBed {

	static final Outcome OK = Outcome.response(200, false, 1_000_000);

	static final Outcome FAILED = Outcome.response(503, false, 1_000_000);

	static final Outcome CANCELLED = Outcome.failure(Kind.CANCELLED, null, 1_000_000);

	static final Outcome REJECTED = Outcome.failure(Kind.REJECTED, null, 0);

	final ManualTimeSource time = new ManualTimeSource();

	final TestContext context = new TestContext("circuit-breaker/b", this.time);

	final CircuitBreakerRuleType type = new CircuitBreakerRuleType();

	final Policy policy;

	BreakerTestBed() {
		this(rule(null));
	}

	BreakerTestBed(CircuitBreakerRule rule) {
		this.policy = this.type.newPolicy(rule, this.context.context());
	}

	static CircuitBreakerRule rule(@Nullable Duration slowCall, String... failureOn) {
		return new CircuitBreakerRule(null, null, 0, null, 50f, slowCall, 50f, 4, 10, null, Duration.ofSeconds(10), 2,
				List.of(failureOn).stream().map(OutcomeMatch::parse).toList(), null, null);
	}

	/** The usual rule, open for another time. */
	static CircuitBreakerRule openFor(Duration time) {
		return new CircuitBreakerRule(null, null, 0, null, 50f, null, 50f, 4, 10, null, time, 2, null, null, null);
	}

	/** The usual rule, with a key. */
	static CircuitBreakerRule keyed(String key, int maxKeys) {
		return new CircuitBreakerRule(null, null, 0, CallKey.parse(key), 50f, null, 50f, 4, 10, null,
				Duration.ofSeconds(10), 2, null, maxKeys, null);
	}

	/** The usual rule, forced. */
	static CircuitBreakerRule forced(@Nullable Force force) {
		return new CircuitBreakerRule(null, null, 0, null, 50f, null, 50f, 4, 10, null, Duration.ofSeconds(10), 2, null,
				null, force);
	}

	Permit admit(String service) {
		return ((Decision.Admitted) this.policy.tryAcquire(FakeCall.to(service))).permit();
	}

	Permit admit() {
		return admit("inventory");
	}

	Optional<Permit> tryAdmit() {
		return (this.policy.tryAcquire(FakeCall.to("inventory")) instanceof Decision.Admitted admitted)
				? Optional.of(admitted.permit()) : Optional.empty();
	}

	Rejection reject() {
		return ((Decision.Rejected) this.policy.tryAcquire(FakeCall.to("inventory"))).rejection();
	}

	boolean admits() {
		return this.policy.tryAcquire(FakeCall.to("inventory")) instanceof Decision.Admitted;
	}

	void calls(int count, Outcome outcome) {
		for (int i = 0; i < count; i++) {
			admit().release(outcome);
		}
	}

	/** Opens the breaker and lets it wait until it may probe. */
	void openAndWait() {
		calls(4, FAILED);
		this.time.advance(Duration.ofSeconds(10).plusMillis(1));
	}

	String state() {
		return this.policy.state();
	}

}
