// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.adaptivebreaker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import io.governance.match.CallKey;
import io.governance.match.OutcomeMatch;
import io.governance.load.CpuLoad;
import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.FakeCall;
import io.governance.policy.Outcome;
import io.governance.policy.Outcome.Kind;
import io.governance.policy.Permit;
import io.governance.policy.Policy;
import io.governance.rule.PolicyContext;
import io.governance.rule.StateDisplay;
import io.governance.time.ManualTimeSource;
import org.jspecify.annotations.Nullable;

/**
 * A policy that a test drives: what may be held back is, unless the test writes another
 * chance.
 */
final class AdaptiveBreakerTestBed {

	static final Outcome OK = Outcome.response(200, false, 1_000_000);

	static final Outcome FAILED = Outcome.response(503, false, 1_000_000);

	static final Outcome CANCELLED = Outcome.failure(Kind.CANCELLED, null, 1_000_000);

	static final Outcome REJECTED = Outcome.failure(Kind.REJECTED, null, 0);

	final ManualTimeSource time = new ManualTimeSource();

	final ScriptedRandom random = ScriptedRandom.always(ScriptedRandom.REJECTING);

	final LongAdder overflow = new LongAdder();

	final AdaptiveBreakerRuleType type = new AdaptiveBreakerRuleType();

	final Shown shown = new Shown();

	final Policy policy;

	AdaptiveBreakerTestBed() {
		this(rule(null, null));
	}

	AdaptiveBreakerTestBed(AdaptiveBreakerRule rule) {
		this.policy = this.type.newPolicy(rule, context(this.shown));
	}

	static AdaptiveBreakerRule rule(@Nullable String key, @Nullable Integer maxKeys, String... failureOn) {
		return new AdaptiveBreakerRule(null, null, 0, (key != null) ? CallKey.parse(key) : null, maxKeys, null, null,
				null, null, null, List.of(failureOn).stream().map(OutcomeMatch::parse).toList());
	}

	PolicyContext context(StateDisplay display) {
		return new PolicyContext("adaptive-breaker/a", this.time, this.random, (event) -> this.overflow, display,
				CpuLoad.UNKNOWN);
	}

	Permit admit(Call call) {
		return ((Decision.Admitted) this.policy.tryAcquire(call)).permit();
	}

	/** Calls that all begin before the first of them ends. */
	void calls(Call call, int count, Outcome outcome) {
		List<Permit> underway = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			underway.add(admit(call));
		}
		underway.forEach((permit) -> permit.release(outcome));
	}

	void calls(int count, Outcome outcome) {
		calls(FakeCall.to("inventory"), count, outcome);
	}

	boolean admits(Call call) {
		return this.policy.tryAcquire(call) instanceof Decision.Admitted;
	}

	boolean admits() {
		return admits(FakeCall.to("inventory"));
	}

	String state() {
		return this.policy.state();
	}

	/**
	 * What was shown, in its order.
	 */
	static final class Shown implements StateDisplay {

		final List<String> lines = new ArrayList<>();

		@Override
		public void show(String service, String state) {
			this.lines.add(service + "=" + state);
		}

		@Override
		public void forget(String service) {
			this.lines.add(service + " is forgotten");
		}

	}

}
