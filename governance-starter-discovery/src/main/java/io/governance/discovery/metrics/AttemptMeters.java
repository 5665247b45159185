// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.metrics;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import io.governance.discovery.AttemptCounters;
import io.governance.discovery.Instance;
import io.governance.metrics.GovernanceMeter;
import io.governance.time.TimeSource;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * The meter {@code governance.attempts}: how often each instance was called. The meter of
 * an instance that left stays for ten minutes, so that its last figures are seen, and is
 * removed then: the number of meters follows the number of instances.
 */
public final class AttemptMeters implements AttemptCounters {

	static final Duration KEEP = Duration.ofMinutes(10);

	private final ObjectProvider<MeterRegistry> registry;

	private final TimeSource time;

	private final Map<Key, Entry> entries = new HashMap<>();

	/**
	 * Creates the counters.
	 * @param registry where meters go; asked for with the first instance
	 * @param time the clock
	 */
	public AttemptMeters(ObjectProvider<MeterRegistry> registry, TimeSource time) {
		this.registry = registry;
		this.time = time;
	}

	@Override
	public Runnable counter(Instance instance) {
		synchronized (this.entries) {
			removeOld();
			Key key = new Key(instance.service(), instance.address());
			Entry entry = this.entries.computeIfAbsent(key, this::register);
			entry.users++;
			return entry.attempts::increment;
		}
	}

	@Override
	public void gone(Instance instance) {
		synchronized (this.entries) {
			Entry entry = this.entries.get(new Key(instance.service(), instance.address()));
			if (entry != null) {
				entry.users--;
				entry.goneNanos = this.time.nanoTime();
			}
			removeOld();
		}
	}

	private Entry register(Key key) {
		LongAdder attempts = new LongAdder();
		MeterRegistry meters = this.registry.getIfAvailable();
		if (meters == null) {
			return new Entry(attempts, null);
		}
		Meter meter = GovernanceMeter.ATTEMPTS.counter(attempts, LongAdder::sum, key.service(), key.address())
			.register(meters);
		return new Entry(attempts, () -> meters.remove(meter));
	}

	private void removeOld() {
		this.entries.values().removeIf((entry) -> {
			boolean old = entry.users <= 0 && this.time.nanoTime() - entry.goneNanos >= KEEP.toNanos();
			if (old && entry.removal != null) {
				entry.removal.run();
			}
			return old;
		});
	}

	private record Key(String service, String address) {

	}

	private static final class Entry {

		private final LongAdder attempts;

		private final @Nullable Runnable removal;

		private int users;

		private long goneNanos;

		private Entry(LongAdder attempts, @Nullable Runnable removal) {
			this.attempts = attempts;
			this.removal = removal;
		}

	}

}
