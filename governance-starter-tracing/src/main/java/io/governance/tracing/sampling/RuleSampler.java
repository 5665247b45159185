// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.sampling;

import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

import brave.sampler.Sampler;
import io.governance.engine.ObservedTrace;
import io.governance.engine.PolicyEngine;
import io.governance.observation.TraceHead;
import io.governance.observation.TraceVerdict;
import io.governance.policy.Call;
import org.jspecify.annotations.Nullable;

/**
 * Decides by rules which traces are recorded. As Brave's sampler it is asked for traces
 * that nobody has decided on yet: those that no HTTP request began. Where no rule
 * decides, the ratio does that Spring Boot was given. Thread-safe.
 */
public final class RuleSampler extends Sampler {

	private final Supplier<@Nullable PolicyEngine> engine;

	private final double ratio;

	private final DoubleSupplier random;

	/**
	 * Creates a sampler.
	 * @param engine gives the engine; asked for each trace, may give {@code null}
	 * @param ratio the share of traces that is recorded where no rule says more, 0 to 1
	 * @param random gives numbers from 0 to less than 1; thread-safe
	 */
	public RuleSampler(Supplier<@Nullable PolicyEngine> engine, double ratio, DoubleSupplier random) {
		this.engine = engine;
		this.ratio = ratio;
		this.random = random;
	}

	@Override
	public boolean isSampled(long traceId) {
		TraceVerdict verdict = observe(null, TraceHead.none(this.ratio)).verdict();
		return (verdict != null) ? isSampled(verdict) : plain();
	}

	static boolean isSampled(TraceVerdict verdict) {
		return verdict == TraceVerdict.SAMPLED || verdict == TraceVerdict.DEBUG;
	}

	ObservedTrace observe(@Nullable Call call, TraceHead head) {
		PolicyEngine current = this.engine.get();
		return (current != null) ? current.observe(call, head) : ObservedTrace.UNDECIDED;
	}

	double ratio() {
		return this.ratio;
	}

	boolean plain() {
		return this.random.getAsDouble() < this.ratio;
	}

}
