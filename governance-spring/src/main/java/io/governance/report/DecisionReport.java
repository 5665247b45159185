// SPDX-License-Identifier: Apache-2.0

package io.governance.report;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

import io.governance.engine.DecisionCounter;
import io.governance.engine.PolicyEngine;
import io.governance.policy.Reason;
import io.governance.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the counters of all rules with what they were a moment ago: one line when a
 * rule begins to reject, and one with the count when it has not rejected for a while. A
 * rule that rejects now and then makes at most one pair of lines per {@linkplain #CALM
 * while}. Open circuit breakers say so themselves. Used by one thread at a time.
 */
public final class DecisionReport {

	/** How long a rule must not have rejected for that to be over: 30 s. */
	public static final Duration CALM = Duration.ofSeconds(30);

	private static final Logger logger = LoggerFactory.getLogger(DecisionReport.class);

	private static final String REJECTED = "rejected";

	private static final String FAILED = "failed";

	private final PolicyEngine engine;

	private final TimeSource time;

	private final Map<DecisionCounter, Episodes> episodes = new HashMap<>();

	/**
	 * Creates a report.
	 * @param engine counts the decisions
	 * @param time the clock
	 */
	public DecisionReport(PolicyEngine engine, TimeSource time) {
		this.engine = engine;
		this.time = time;
	}

	/**
	 * Compares, and says what changed.
	 */
	public void update() {
		List<DecisionCounter> counters = this.engine.counters();
		Set<DecisionCounter> gone = new HashSet<>(this.episodes.keySet());
		counters.forEach(gone::remove);
		gone.forEach(this.episodes::remove);
		long now = this.time.nanoTime();
		counters.forEach((counter) -> this.episodes.computeIfAbsent(counter, Episodes::new).update(now));
	}

	/**
	 * The two things that are watched of one rule.
	 */
	private static final class Episodes {

		private final DecisionCounter counter;

		private final Map<DecisionCounter.Key, LongAdder> counts;

		private final Episode rejecting = new Episode();

		private final Episode failing = new Episode();

		Episodes(DecisionCounter counter) {
			this.counter = counter;
			this.counts = counter.counts();
		}

		void update(long now) {
			switch (this.rejecting.update(count(REJECTED), now)) {
				case BEGAN -> logger.warn("rule={}/{} enforcement={} rejecting=started reasons={}", this.counter.type(),
						this.counter.id(), enforcement(), reasons());
				case ENDED -> logger.info("rule={}/{} enforcement={} rejecting=over rejected={}", this.counter.type(),
						this.counter.id(), enforcement(), this.rejecting.size());
				case SAME -> {
				}
			}
			// that it began was said by the engine, with the error
			if (this.failing.update(count(FAILED), now) == Change.ENDED) {
				logger.info("rule={}/{} failing=over failed={}", this.counter.type(), this.counter.id(),
						this.failing.size());
			}
		}

		private String enforcement() {
			return this.counter.enforcement().name().toLowerCase(Locale.ROOT);
		}

		private long count(String decision) {
			long sum = 0;
			for (Map.Entry<DecisionCounter.Key, LongAdder> count : this.counts.entrySet()) {
				if (isWatched(count.getKey(), decision)) {
					sum += count.getValue().sum();
				}
			}
			return sum;
		}

		private List<String> reasons() {
			return this.counts.entrySet()
				.stream()
				.filter((count) -> isWatched(count.getKey(), REJECTED) && count.getValue().sum() > 0)
				.map((count) -> count.getKey().reason())
				.sorted()
				.toList();
		}

		private static boolean isWatched(DecisionCounter.Key key, String decision) {
			return key.decision().equals(decision) && !key.reason().equals(Reason.CIRCUIT_OPEN.name());
		}

	}

	/**
	 * A time during which a count grows.
	 */
	private static final class Episode {

		private long last;

		private long base;

		private long grownAt;

		private boolean open;

		Change update(long count, long now) {
			if (count > this.last) {
				boolean began = !this.open;
				this.base = began ? this.last : this.base;
				this.last = count;
				this.grownAt = now;
				this.open = true;
				return began ? Change.BEGAN : Change.SAME;
			}
			if (this.open && now - this.grownAt >= CALM.toNanos()) {
				this.open = false;
				return Change.ENDED;
			}
			return Change.SAME;
		}

		long size() {
			return this.last - this.base;
		}

	}

	/**
	 * What became of an episode.
	 */
	private enum Change {

		/** The count grows, and did not before. */
		BEGAN,

		/** It has not grown for a while. */
		ENDED,

		/** Nothing to say. */
		SAME

	}

}
