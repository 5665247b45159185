// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

import io.governance.policy.Decision;
import io.governance.policy.FakeCall;
import io.governance.policy.Permit.Abort;
import io.governance.policy.Permit.Fault;
import io.governance.rule.PolicyContext;
import io.governance.rule.TestContext;
import io.governance.time.ManualTimeSource;
import org.jspecify.annotations.Nullable;

/**
 * A policy, its clock, its chance and what it counted.
 */
final class FaultTestBed {

	/** Hits whatever has a share. */
	static final double HIT = 0;

	/** Hits nothing but a share of all. */
	static final double MISS = Math.nextDown(1.0);

	final ManualTimeSource time = new ManualTimeSource();

	final TestContext counts = new TestContext("fault/one", this.time);

	private final Deque<Double> draws = new ArrayDeque<>();

	private final FaultRuleType type = new FaultRuleType();

	private FaultRule rule;

	FaultPolicy policy;

	FaultTestBed(FaultRule rule) {
		this.rule = rule;
		this.policy = (FaultPolicy) this.type.newPolicy(rule, context());
	}

	static FaultRule rule(@Nullable String delay, @Nullable Double delayShare, @Nullable String abort,
			@Nullable Double abortShare, @Nullable Double maxShare) {
		return rule(delay, delayShare, abort, abortShare, maxShare, null);
	}

	static FaultRule rule(@Nullable String delay, @Nullable Double delayShare, @Nullable String abort,
			@Nullable Double abortShare, @Nullable Double maxShare, @Nullable Instant until) {
		return new FaultRule(null, null, 0, (delay != null) ? Duration.parse(delay) : null, delayShare,
				(abort != null) ? Abort.parse(abort) : null, abortShare, maxShare, until);
	}

	void change(FaultRule changed) {
		this.policy = (FaultPolicy) this.type.inherit(this.policy, this.rule, changed, context());
		this.rule = changed;
	}

	private PolicyContext context() {
		PolicyContext plain = this.counts.context();
		return new PolicyContext(plain.rule(), plain.time(), new Scripted(), plain.events(), plain.states(),
				plain.cpu());
	}

	/**
	 * Makes a call.
	 * @param drawn what is drawn for it, and nothing else may be
	 */
	@Nullable Fault call(double... drawn) {
		for (double draw : drawn) {
			this.draws.add(draw);
		}
		Decision.Admitted admitted = (Decision.Admitted) this.policy.tryAcquire(FakeCall.to("inventory"));
		if (!this.draws.isEmpty()) {
			throw new AssertionError("not drawn: " + this.draws);
		}
		return admitted.permit().fault();
	}

	/**
	 * Makes calls that all meet what has a share, and counts those that did.
	 */
	int hits(int calls, double... drawn) {
		int hits = 0;
		for (int i = 0; i < calls; i++) {
			hits += (call(drawn) != null) ? 1 : 0;
		}
		return hits;
	}

	private final class Scripted implements RandomGenerator {

		@Override
		public double nextDouble() {
			return FaultTestBed.this.draws.remove();
		}

		@Override
		public long nextLong() {
			throw new UnsupportedOperationException("only doubles are drawn");
		}

	}

}
