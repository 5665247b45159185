// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.time.Duration;

import io.governance.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says when exports begin to go wrong and when they are well again, and nothing between:
 * when messages fail, when the backend refuses spans of messages that it takes, and when
 * it is too slow. The last two are over after a minute without one, so that a trickle is
 * one line. Used by one thread.
 */
final class ExportState {

	static final Duration QUIET = Duration.ofMinutes(1);

	private static final Logger logger = LoggerFactory.getLogger(ExportState.class);

	private final ExportSettings settings;

	private final ExportCounts counts;

	private final TimeSource time;

	private final Trouble rejecting;

	private final Trouble overflowing;

	private boolean failing;

	private long droppedBefore;

	ExportState(ExportSettings settings, ExportCounts counts, TimeSource time) {
		this.settings = settings;
		this.counts = counts;
		this.time = time;
		this.rejecting = new Trouble(counts, DropReason.REJECTED);
		this.overflowing = new Trouble(counts, DropReason.QUEUE_FULL);
	}

	void failed(String reason) {
		if (!this.failing) {
			logger.warn("span export fails: to={} reason=\"{}\"; spans wait in a bounded queue, then are dropped",
					this.settings, reason);
			this.failing = true;
			this.droppedBefore = this.counts.droppedSpans();
		}
	}

	/**
	 * After a message that the backend took.
	 */
	void worked(PartialSuccess answer) {
		if (this.failing) {
			this.failing = false;
			logger.info("span export works again: to={} dropped={}", this.settings,
					this.counts.droppedSpans() - this.droppedBefore);
			// what did not fit meanwhile is told with it
			this.overflowing.forget();
		}
		if (this.rejecting.begins(this.time.nanoTime())) {
			logger.warn("span export is refused in part: to={} rejected={} reason=\"{}\"", this.settings,
					answer.rejected(), answer.reason());
		}
	}

	/**
	 * Whenever the thread comes by.
	 */
	void look() {
		long now = this.time.nanoTime();
		if (!this.failing && this.overflowing.begins(now)) {
			logger.warn("span export is too slow: to={}; the queue is full, spans are dropped", this.settings);
		}
		if (!this.failing && this.overflowing.ends(now)) {
			logger.info("span export keeps up again: to={} dropped={}", this.settings, this.overflowing.spans());
		}
		if (this.rejecting.ends(now)) {
			logger.info("span export is taken whole again: to={} rejected={}", this.settings, this.rejecting.spans());
		}
	}

	/**
	 * Drops for one reason: begins with the first, ends a quiet while after the last.
	 */
	private static final class Trouble {

		private final ExportCounts counts;

		private final DropReason reason;

		private boolean active;

		private long before;

		private long seen;

		private long last;

		Trouble(ExportCounts counts, DropReason reason) {
			this.counts = counts;
			this.reason = reason;
		}

		boolean begins(long now) {
			long dropped = this.counts.droppedSpans(this.reason);
			if (dropped == this.seen) {
				return false;
			}
			boolean begins = !this.active;
			if (begins) {
				this.before = this.seen;
			}
			this.active = true;
			this.seen = dropped;
			this.last = now;
			return begins;
		}

		boolean ends(long now) {
			boolean ends = this.active && now - this.last >= QUIET.toNanos();
			this.active &= !ends;
			return ends;
		}

		void forget() {
			this.seen = this.counts.droppedSpans(this.reason);
		}

		long spans() {
			return this.seen - this.before;
		}

	}

}
