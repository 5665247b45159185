// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import org.jspecify.annotations.Nullable;

/**
 * What the meters of one kind of registry have been admitted so far. Thread-safe.
 */
final class BoundedMeters implements MeterFilter {

	/** Names come from code; the bound is there for code that makes them up. */
	private static final int MAX_NAMES = 1_000;

	private final CardinalityLimits limits;

	private final Map<String, LongAdder> overflows;

	private final Map<String, BoundedMeter> meters = new ConcurrentHashMap<>();

	/**
	 * Creates one that has admitted nothing.
	 * @param limits the limits
	 * @param overflows counts by listed name what overflows
	 */
	BoundedMeters(CardinalityLimits limits, Map<String, LongAdder> overflows) {
		this.limits = limits;
		this.overflows = overflows;
	}

	@Override
	public Meter.Id map(Meter.Id id) {
		String family = family(id.getName());
		return (family != null) ? meter(id.getName(), family).bound(id, overflows(id, family)) : id;
	}

	/**
	 * What is being done is counted when it is done: each observation has a meter of
	 * both.
	 */
	private @Nullable LongAdder overflows(Meter.Id id, String family) {
		boolean accompanies = id.getType() == Meter.Type.LONG_TASK_TIMER && !id.getName().equals(family);
		return accompanies ? null : this.overflows.get(family);
	}

	private BoundedMeter meter(String name, String family) {
		String key = (this.meters.size() < MAX_NAMES || this.meters.containsKey(name)) ? name : family;
		return this.meters.computeIfAbsent(key, (unused) -> new BoundedMeter(this.limits));
	}

	/**
	 * The listed name that a meter belongs to: its own, before one that it begins with.
	 */
	private @Nullable String family(String name) {
		if (this.overflows.containsKey(name)) {
			return name;
		}
		for (String listed : this.limits.meters()) {
			if (name.startsWith(listed) && name.length() > listed.length() && name.charAt(listed.length()) == '.') {
				return listed;
			}
		}
		return null;
	}

}
