// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import io.governance.metrics.GovernanceMeter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;

/**
 * Bounds the values of each tag, and the series, of meters whose tags come from requests:
 * the first values that come have series of their own, all others count together under
 * the value {@value #OTHER}. Nothing is lost from sums over all series. Of a meter that
 * has no room for further series, status, outcome and method stay as they are, and so do
 * tags that never had a second value. Methods that are no HTTP methods count as
 * {@value #OTHER} at once, which is no overflow. Its own memory is bounded by the same
 * limits. Thread-safe; without locks, at constant cost by tag.
 */
public final class CardinalityFilter implements MeterFilter, MeterBinder {

	/** The value that stands for all values that found no place. */
	public static final String OTHER = "_other";

	private final CardinalityLimits limits;

	private final Map<String, LongAdder> overflows = new LinkedHashMap<>();

	private final BoundedMeters meters;

	/**
	 * Creates a filter that has admitted nothing.
	 * @param limits the limits
	 */
	public CardinalityFilter(CardinalityLimits limits) {
		this.limits = limits;
		limits.meters().forEach((name) -> this.overflows.put(name, new LongAdder()));
		this.meters = new BoundedMeters(limits, this.overflows);
	}

	/**
	 * The limits.
	 * @return the limits
	 */
	public CardinalityLimits limits() {
		return this.limits;
	}

	/**
	 * A filter for a composite registry whose registries have this one. Theirs come too
	 * late for what the composite itself keeps: a meter for each set of tags that it
	 * sees. It has the same limits, admits by itself, since its registries may add tags,
	 * and counts what overflows with this one, once however many registries there are.
	 * @return a filter that has admitted nothing
	 */
	public MeterFilter inFront() {
		return new BoundedMeters(this.limits, this.overflows);
	}

	/**
	 * Counts something that was recorded under {@value #OTHER} by who recorded it.
	 * @param meter the listed name; nothing is counted for one that is not listed
	 */
	public void overflowed(String meter) {
		LongAdder overflow = this.overflows.get(meter);
		if (overflow != null) {
			overflow.increment();
		}
	}

	@Override
	public Meter.Id map(Meter.Id id) {
		return this.meters.map(id);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.overflows.forEach((name, count) -> GovernanceMeter.METRICS_OVERFLOW.counter(count, LongAdder::sum, name)
			.register(registry));
	}

}
