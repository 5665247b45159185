// SPDX-License-Identifier: Apache-2.0

package io.governance.report;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
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

	/**
	 * A counter outlives changes of its rule's enforcement, which hide it for a while;
	 * what was said of it must not be said anew.
	 */
	private final Map<DecisionCounter, Episodes> episodes = new WeakHashMap<>();

	private Set<DecisionCounter> watched = Set.of();

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
		Set<DecisionCounter> counters = new LinkedHashSet<>(this.engine.counters());
		long now = this.time.nanoTime();
		for (DecisionCounter counter : this.watched) {
			Episodes known = this.episodes.get(counter);
			if (known != null && !counters.contains(counter)) {
				known.update(now);
				known.end();
			}
		}
		counters.forEach((counter) -> this.episodes.computeIfAbsent(counter, Episodes::new).update(now));
		this.watched = counters;
	}

	/**
	 * The two things that are watched of one rule. Does not hold on to its counter.
	 */
	private static final class Episodes {

		private final String rule;

		private final String enforcement;

		private final Map<DecisionCounter.Key, LongAdder> counts;

		private Map<DecisionCounter.Key, Long> before = Map.of();

		private final Episode rejecting = new Episode();

		private final Episode failing = new Episode();

		Episodes(DecisionCounter counter) {
			this.rule = counter.type() + "/" + counter.id();
			this.enforcement = counter.enforcement().name().toLowerCase(Locale.ROOT);
			this.counts = counter.counts();
		}

		void update(long now) {
			Map<DecisionCounter.Key, Long> present = new HashMap<>();
			this.counts.forEach((key, count) -> present.put(key, count.sum()));
			if (this.rejecting.update(count(present, REJECTED), now)) {
				logger.warn("rule={} enforcement={} rejecting=started reasons={}", this.rule, this.enforcement,
						reasons(present));
			}
			// that it began was said by the engine, with the error
			this.failing.update(count(present, FAILED), now);
			this.before = present;
			if (this.rejecting.isCalm(now)) {
				endRejecting();
			}
			if (this.failing.isCalm(now)) {
				endFailing();
			}
		}

		/**
		 * The rule does not act any more, or not in this way.
		 */
		void end() {
			endRejecting();
			endFailing();
		}

		private void endRejecting() {
			if (this.rejecting.end()) {
				logger.info("rule={} enforcement={} rejecting=over rejected={}", this.rule, this.enforcement,
						this.rejecting.size());
			}
		}

		private void endFailing() {
			if (this.failing.end()) {
				logger.info("rule={} failing=over failed={}", this.rule, this.failing.size());
			}
		}

		private static long count(Map<DecisionCounter.Key, Long> counts, String decision) {
			return counts.entrySet()
				.stream()
				.filter((count) -> isWatched(count.getKey(), decision))
				.mapToLong(Map.Entry::getValue)
				.sum();
		}

		private List<String> reasons(Map<DecisionCounter.Key, Long> present) {
			return present.entrySet()
				.stream()
				.filter((count) -> isWatched(count.getKey(), REJECTED)
						&& count.getValue() > this.before.getOrDefault(count.getKey(), 0L))
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

		/**
		 * Takes the present count.
		 * @return whether an episode began
		 */
		boolean update(long count, long now) {
			if (count <= this.last) {
				return false;
			}
			boolean began = !this.open;
			this.base = began ? this.last : this.base;
			this.last = count;
			this.grownAt = now;
			this.open = true;
			return began;
		}

		boolean isCalm(long now) {
			return now - this.grownAt >= CALM.toNanos();
		}

		/**
		 * Ends it.
		 * @return whether it had not ended before
		 */
		boolean end() {
			boolean ended = this.open;
			this.open = false;
			return ended;
		}

		long size() {
			return this.last - this.base;
		}

	}

}
