// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.loadshedding;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.governance.policy.Call;
import io.governance.policy.Call.Priority;
import io.governance.policy.Decision;
import io.governance.policy.Policy;
import io.governance.policy.Policy.Forecast;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.rule.PolicyContext;

/**
 * Drops a call when the CPU is too busy for its priority, or was a moment ago after a
 * drop, and more calls are in flight than the limit, also on average. A call that is
 * dropped is not in flight, and does not count: neither in {@code SHADOW}, where it runs
 * all the same.
 */
final class LoadSheddingPolicy implements Policy {

	private static final long RETRY_AFTER_NANOS = 1_000_000_000L;

	private final KnownCpu cpu;

	private final Traffic traffic;

	/** By priority, as what follows. */
	private final List<Heat> heat;

	private final List<Limits> limits;

	private final Decision.Rejected dropped;

	LoadSheddingPolicy(LoadSheddingRule rule, PolicyContext context) {
		this.cpu = new KnownCpu(context);
		this.traffic = new Traffic(context.time());
		this.heat = Arrays.stream(Priority.values()).map((priority) -> new Heat(context.time())).toList();
		this.limits = limits(rule);
		this.dropped = new Decision.Rejected(new Rejection(Reason.OVERLOADED, context.rule(), RETRY_AFTER_NANOS));
	}

	private LoadSheddingPolicy(LoadSheddingRule rule, LoadSheddingPolicy running) {
		this.cpu = running.cpu;
		this.traffic = running.traffic;
		this.heat = running.heat;
		this.limits = limits(rule);
		this.dropped = running.dropped;
	}

	private static List<Limits> limits(LoadSheddingRule rule) {
		return Arrays.stream(Priority.values()).map((priority) -> Limits.of(rule, priority)).toList();
	}

	/**
	 * The policy of a rule that takes the place of this one's, with the same calls.
	 */
	LoadSheddingPolicy with(LoadSheddingRule rule) {
		return new LoadSheddingPolicy(rule, this);
	}

	@Override
	public Decision tryAcquire(Call call) {
		int priority = call.priority().ordinal();
		return isDropped(this.limits.get(priority), this.heat.get(priority)) ? this.dropped : this.traffic.begin();
	}

	private boolean isDropped(Limits limit, Heat present) {
		double load = this.cpu.load();
		if (!present.isHot(limit.isOverloaded(load)) || !isTooMuch(limit, load)) {
			return false;
		}
		present.dropped();
		return true;
	}

	private double inForce(Limits limit, double load) {
		double maxFlight = this.traffic.maxFlight();
		return (this.traffic.isSlow() || Double.isNaN(load)) ? limit.limit(maxFlight, load) : limit.whole(maxFlight);
	}

	private boolean isTooMuch(Limits limit, double load) {
		return this.traffic.exceeds(inForce(limit, load));
	}

	@Override
	public Forecast foresee(Call call) {
		int priority = call.priority().ordinal();
		Limits limit = this.limits.get(priority);
		double load = this.cpu.glance();
		boolean dropped = this.heat.get(priority).wouldBeHot(limit.isOverloaded(load)) && isTooMuch(limit, load);
		String state = state(limit, load);
		return dropped ? Forecast.reject(this.dropped.rejection(), state) : Forecast.admit(state);
	}

	@Override
	public String state() {
		return state(this.limits.get(Priority.DEFAULT.ordinal()), this.cpu.load());
	}

	private String state(Limits limits, double load) {
		double limit = inForce(limits, load);
		String known = Double.isNaN(load) ? "cpu=unknown limit=none"
				: String.format(Locale.ROOT, "cpu=%.1f%% limit=%.1f", load * 100, limit);
		return known + String.format(Locale.ROOT, " in-flight=%d average-in-flight=%.1f", this.traffic.inFlight(),
				this.traffic.average());
	}

}
