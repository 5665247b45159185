// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.governance.metrics.GovernanceMeter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the values of each tag, and the series, of meters whose tags come from requests:
 * the first values that come have series of their own, all others count together under
 * the value {@value #OTHER}. Nothing is lost from sums over all series. Methods that are
 * no HTTP methods count as {@value #OTHER} at once. Its own memory is bounded by the same
 * limits. Thread-safe; without locks, at constant cost by tag.
 */
public final class CardinalityFilter implements MeterFilter, MeterBinder {

	/** The value that stands for all values that found no place. */
	public static final String OTHER = "_other";

	/** Names come from code; the bound is there for code that makes them up. */
	private static final int MAX_NAMES = 1_000;

	private final CardinalityLimits limits;

	private final Map<String, LongAdder> overflows = new LinkedHashMap<>();

	private final Map<String, BoundedMeter> meters = new ConcurrentHashMap<>();

	/**
	 * Creates a filter that has admitted nothing.
	 * @param limits the limits
	 */
	public CardinalityFilter(CardinalityLimits limits) {
		this.limits = limits;
		limits.meters().forEach((name) -> this.overflows.put(name, new LongAdder()));
	}

	@Override
	public Meter.Id map(Meter.Id id) {
		String family = family(id.getName());
		if (family == null) {
			return id;
		}
		Meter.Id bounded = meter(id.getName(), family).bound(id);
		if (bounded != id) {
			LongAdder overflow = this.overflows.get(family);
			if (overflow != null) {
				overflow.increment();
			}
		}
		return bounded;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.overflows.forEach((name, count) -> GovernanceMeter.METRICS_OVERFLOW.counter(count, LongAdder::sum, name)
			.register(registry));
	}

	private BoundedMeter meter(String name, String family) {
		String key = (this.meters.size() < MAX_NAMES || this.meters.containsKey(name)) ? name : family;
		return this.meters.computeIfAbsent(key, (unused) -> new BoundedMeter(this.limits));
	}

	/**
	 * The listed name that a meter belongs to.
	 */
	private @Nullable String family(String name) {
		for (String listed : this.limits.meters()) {
			if (name.startsWith(listed) && (name.length() == listed.length() || name.charAt(listed.length()) == '.')) {
				return listed;
			}
		}
		return null;
	}

}
