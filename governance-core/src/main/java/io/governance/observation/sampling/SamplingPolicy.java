// SPDX-License-Identifier: Apache-2.0

package io.governance.observation.sampling;

import java.util.random.RandomGenerator;

import io.governance.observation.TraceHead;
import io.governance.observation.TracePolicy;
import io.governance.observation.TraceVerdict;
import io.governance.policy.Call;
import io.governance.policy.Outcome;
import io.governance.rule.PolicyContext;
import org.jspecify.annotations.Nullable;

/**
 * Decides in this order: what a trusted caller asks for, what it decided, the ratio, the
 * cap.
 */
final class SamplingPolicy implements TracePolicy {

	private static final int FIRST_SERVER_ERROR = 500;

	private final SamplingRule rule;

	private final RandomGenerator random;

	private final TraceCap cap;

	private final @Nullable ErrorWindow errors;

	SamplingPolicy(SamplingRule rule, PolicyContext context, @Nullable SamplingPolicy before) {
		this.rule = rule;
		this.random = context.random();
		this.cap = (before != null && before.cap.perSecond() == rule.perSecond()) ? before.cap
				: new TraceCap(rule.perSecond(), context.time());
		this.errors = (rule.errors() != null) ? errors(rule.errors(), context, before) : null;
	}

	private static ErrorWindow errors(ErrorRaise settings, PolicyContext context, @Nullable SamplingPolicy before) {
		ErrorWindow running = (before != null) ? before.errors : null;
		return (running != null && running.settings().equals(settings)) ? running
				: new ErrorWindow(settings, context.rule(), context.time());
	}

	@Override
	public TraceVerdict decide(@Nullable Call call, TraceHead head) {
		if ((head.debug() || asksForTrace(call)) && head.trusted()) {
			return TraceVerdict.DEBUG;
		}
		if (head.sampled() != null && this.rule.parent() == SamplingRule.Parent.HONOUR && head.trusted()) {
			return TraceVerdict.PARENT;
		}
		if (this.random.nextDouble() >= ratio(head)) {
			return TraceVerdict.NOT_SAMPLED;
		}
		return this.cap.tryTake() ? TraceVerdict.SAMPLED : TraceVerdict.CAPPED;
	}

	private boolean asksForTrace(@Nullable Call call) {
		return call != null && this.rule.debugHeader() != null && call.header(this.rule.debugHeader()) != null;
	}

	private double ratio(TraceHead head) {
		double ratio = (this.rule.ratio() != null) ? this.rule.ratio() : head.ratio();
		return (this.errors != null && this.errors.isRaised()) ? Math.max(ratio, this.errors.settings().ratio())
				: ratio;
	}

	@Override
	public void ended(Outcome outcome) {
		if (this.errors != null && !outcome.ignored()) {
			this.errors.count(outcome.kind() != Outcome.Kind.RESPONSE || outcome.status() >= FIRST_SERVER_ERROR);
		}
	}

	@Override
	public String state() {
		return (this.errors != null) ? this.errors.state() : "";
	}

}
