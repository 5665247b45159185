// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.fault;

import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Permit.Abort;
import io.governance.policy.Permit.Fault;
import io.governance.policy.Policy;
import io.governance.policy.Policy.Forecast;
import io.governance.rule.PolicyContext;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Draws for each call whether it is held up, and then whether it fails; the two
 * independent of each other, as in Envoy. The end is a point on the wall clock, looked at
 * with each call: whoever sets the clock right sets the end right.
 */
final class FaultPolicy implements Policy {

	private final FaultRule rule;

	private final BlastRadius radius;

	private final TimeSource time;

	private final RandomGenerator random;

	private final long untilMillis;

	private final Decision delay;

	private final Decision abort;

	private final Decision delayAndAbort;

	private final LongAdder delayed;

	private final LongAdder aborted;

	private final LongAdder spared;

	FaultPolicy(FaultRule rule, PolicyContext context, BlastRadius radius) {
		this.rule = rule;
		this.radius = radius;
		this.time = context.time();
		this.random = context.random();
		this.untilMillis = millis(rule.until());
		long nanos = (rule.delay() != null) ? rule.delay().toNanos() : 0;
		this.delay = admittedWith(new Fault(context.rule(), nanos, null));
		this.abort = admittedWith(new Fault(context.rule(), 0, rule.abort()));
		this.delayAndAbort = admittedWith(new Fault(context.rule(), nanos, rule.abort()));
		this.delayed = context.events().apply(FaultRuleType.DELAYED);
		this.aborted = context.events().apply(FaultRuleType.ABORTED);
		this.spared = context.events().apply(FaultRuleType.SPARED);
	}

	/**
	 * A point that is too far away for milliseconds is as good as none.
	 */
	private static long millis(@Nullable Instant until) {
		if (until == null || until.isAfter(Instant.ofEpochMilli(Long.MAX_VALUE))) {
			return Long.MAX_VALUE;
		}
		return until.isBefore(Instant.EPOCH) ? 0 : until.toEpochMilli();
	}

	private static Decision admittedWith(Fault fault) {
		return new Decision.Admitted(new FaultPermit(fault));
	}

	/**
	 * The policy of a changed rule, which goes on with the counts of this one's.
	 */
	FaultPolicy changedTo(FaultRule changed, PolicyContext context) {
		return new FaultPolicy(changed, context, this.radius);
	}

	@Override
	public Decision tryAcquire(Call call) {
		if (isOver()) {
			return Decision.ADMITTED;
		}
		this.radius.see();
		boolean holdsUp = isDrawn(this.rule.delayed());
		boolean fails = isDrawn(this.rule.aborted());
		if (!holdsUp && !fails) {
			return Decision.ADMITTED;
		}
		if (!this.radius.tryHit(this.rule.maxShare())) {
			this.spared.increment();
			return Decision.ADMITTED;
		}
		if (holdsUp) {
			this.delayed.increment();
		}
		if (fails) {
			this.aborted.increment();
		}
		return !fails ? this.delay : holdsUp ? this.delayAndAbort : this.abort;
	}

	/**
	 * A fault admits the call it is for; what may become of it then is in the state.
	 */
	@Override
	public Forecast foresee(Call call) {
		return Forecast.admit(state());
	}

	private boolean isOver() {
		return this.time.epochMillis() >= this.untilMillis;
	}

	private boolean isDrawn(double share) {
		return share > 0 && this.random.nextDouble() * 100 < share;
	}

	/**
	 * Such as
	 * {@code delay 200ms 10%, abort 503 2.5%, at most 50%, until 2026-01-31T12:00:00Z, hit 3 of 41},
	 * or {@code over since 2026-01-31T12:00:00Z}.
	 */
	@Override
	public String state() {
		if (isOver()) {
			return "over since " + this.rule.until();
		}
		StringBuilder text = new StringBuilder();
		if (this.rule.delay() != null) {
			text.append("delay ").append(this.rule.delay().toMillis()).append("ms ");
			text.append(percent(this.rule.delayed())).append(", ");
		}
		Abort ending = this.rule.abort();
		if (ending != null) {
			text.append("abort ").append(ending).append(' ').append(percent(this.rule.aborted())).append(", ");
		}
		text.append("at most ").append(percent(this.rule.maxShare()));
		text.append((this.rule.until() != null) ? ", until " + this.rule.until() : ", without end");
		return text.append(", hit ").append(this.radius.describe()).toString();
	}

	private static String percent(double share) {
		return ((share == Math.rint(share)) ? String.valueOf((long) share) : String.valueOf(share)) + "%";
	}

	/**
	 * Brings the fault to whoever runs the call; there is nothing to give back.
	 */
	private record FaultPermit(Fault fault) implements Permit {

		@Override
		public void release(Outcome outcome) {
			// holds nothing
		}

	}

}
