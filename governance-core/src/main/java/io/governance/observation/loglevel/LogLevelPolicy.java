// SPDX-License-Identifier: Apache-2.0

package io.governance.observation.loglevel;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

import io.governance.observation.LogPolicy;
import io.governance.rule.PolicyContext;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Wants its levels from when it is made until its time is up. The time is measured by the
 * monotonic clock; of the wall clock only the distance to {@code until} is taken, once.
 */
final class LogLevelPolicy implements LogPolicy {

	static final Duration DEFAULT = Duration.ofMinutes(15);

	private final Map<String, String> levels = new TreeMap<>();

	private final TimeSource time;

	private final long endNanos;

	private final long untilMillis;

	private final LongAdder returned;

	private final AtomicBoolean over = new AtomicBoolean();

	LogLevelPolicy(LogLevelRule rule, PolicyContext context) {
		rule.loggers().forEach((logger, level) -> this.levels.put(logger, level.name()));
		this.time = context.time();
		long now = this.time.epochMillis();
		Duration active = active(rule.activeFor(), rule.until(), Instant.ofEpochMilli(now));
		this.endNanos = this.time.nanoTime() + active.toNanos();
		this.untilMillis = now + active.toMillis();
		this.returned = context.events().apply(LogLevelRuleType.RETURNED);
		if (!active.isZero()) {
			context.events().apply(LogLevelRuleType.RAISED).increment();
		}
		this.over.set(active.isZero());
	}

	private static Duration active(@Nullable Duration activeFor, @Nullable Instant until, Instant now) {
		if (until == null) {
			return (activeFor != null) ? activeFor : DEFAULT;
		}
		Duration longest = (activeFor != null) ? activeFor : LogLevelRuleType.LONGEST;
		if (!until.isAfter(now)) {
			return Duration.ZERO;
		}
		return until.isBefore(now.plus(longest)) ? Duration.between(now, until) : longest;
	}

	@Override
	public Map<String, String> levels() {
		return this.levels;
	}

	@Override
	public long remainingNanos() {
		long remaining = this.endNanos - this.time.nanoTime();
		if (remaining <= 0 && this.over.compareAndSet(false, true)) {
			this.returned.increment();
		}
		return remaining;
	}

	@Override
	public long untilMillis() {
		return this.untilMillis;
	}

	@Override
	public String state() {
		String end = Instant.ofEpochMilli(this.untilMillis).truncatedTo(ChronoUnit.SECONDS).toString();
		return (remainingNanos() > 0) ? "active until " + end : "returned at " + end;
	}

}
