// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.outlier;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import io.governance.selection.Host;

/**
 * What is known of one host. Attempts count concurrently; the sweep alone evaluates,
 * ejects and lets back. The ejection time grows by the base with each ejection, up to the
 * maximum, and shrinks with each interval in service (after Envoy).
 */
final class HostRecord {

	private static final AtomicIntegerFieldUpdater<HostRecord> CONSECUTIVE = AtomicIntegerFieldUpdater
		.newUpdater(HostRecord.class, "consecutive");

	private static final AtomicIntegerFieldUpdater<HostRecord> DUE = AtomicIntegerFieldUpdater
		.newUpdater(HostRecord.class, "due");

	private static final AtomicLongFieldUpdater<HostRecord> REQUESTS = AtomicLongFieldUpdater
		.newUpdater(HostRecord.class, "requests");

	private static final AtomicLongFieldUpdater<HostRecord> ERRORS = AtomicLongFieldUpdater.newUpdater(HostRecord.class,
			"errors");

	private static final AtomicLongFieldUpdater<HostRecord> SLOW = AtomicLongFieldUpdater.newUpdater(HostRecord.class,
			"slow");

	private final Host host;

	private volatile int consecutive;

	/** 1 for a row of errors that was completed. */
	private volatile int due;

	private volatile long requests;

	private volatile long errors;

	private volatile long slow;

	private volatile boolean ejected;

	private volatile boolean suspect;

	/** This and what follows belongs to the sweep. */
	private long sinceNanos;

	private int backoff;

	HostRecord(Host host, long now) {
		this.host = host;
		this.sinceNanos = now;
	}

	/**
	 * The ejection of another record of the same host, without its counts.
	 */
	HostRecord(HostRecord other) {
		this.host = other.host;
		this.ejected = other.ejected;
		this.suspect = other.suspect;
		this.sinceNanos = other.sinceNanos;
		this.backoff = other.backoff;
	}

	Host host() {
		return this.host;
	}

	/**
	 * Counts an attempt.
	 * @return whether it completed a row of errors
	 */
	boolean count(Verdict verdict, boolean isSlow, int limit) {
		if (verdict == Verdict.NONE) {
			return false;
		}
		REQUESTS.incrementAndGet(this);
		if (isSlow) {
			SLOW.incrementAndGet(this);
		}
		if (verdict == Verdict.SUCCESS) {
			if (this.consecutive != 0) {
				this.consecutive = 0;
			}
			return false;
		}
		ERRORS.incrementAndGet(this);
		return CONSECUTIVE.incrementAndGet(this) >= limit && limit > 0 && DUE.compareAndSet(this, 0, 1);
	}

	/**
	 * Whether a row of errors was completed since the last time this was asked.
	 */
	boolean takeDue() {
		boolean was = this.due != 0;
		if (was) {
			this.consecutive = 0;
			this.due = 0;
		}
		return was;
	}

	/**
	 * Takes what was counted in the interval that ends now.
	 */
	Counts takeCounts() {
		return new Counts(REQUESTS.getAndSet(this, 0), ERRORS.getAndSet(this, 0), SLOW.getAndSet(this, 0));
	}

	boolean isEjected() {
		return this.ejected;
	}

	boolean isSuspect() {
		return this.suspect;
	}

	/**
	 * Notes that it was found bad, or that it showed that it is not.
	 * @return whether that is new
	 */
	boolean suspect(boolean now) {
		boolean changed = this.suspect != now;
		this.suspect = now;
		return changed;
	}

	/**
	 * Ejects it.
	 * @return for how long, in nanoseconds
	 */
	long eject(long now, long base, long max) {
		this.ejected = true;
		this.sinceNanos = now;
		if (this.backoff * base < max + base) {
			this.backoff++;
		}
		return ejectionNanos(base, max);
	}

	/**
	 * How long it is left out, or would be if it were ejected as often as it is now.
	 */
	long ejectionNanos(long base, long max) {
		return Math.min(base * this.backoff, max);
	}

	long nanosToReturn(long now, long base, long max) {
		return ejectionNanos(base, max) - (now - this.sinceNanos);
	}

	void letBack(long now) {
		this.consecutive = 0;
		this.due = 0;
		takeCounts();
		this.sinceNanos = now;
		this.ejected = false;
	}

	/**
	 * Forgets an ejection for each interval in service.
	 */
	void forgive(long now, long interval) {
		if (!this.ejected && now - this.sinceNanos >= interval) {
			this.backoff = Math.max(0, this.backoff - 1);
		}
	}

	/**
	 * What was counted in an interval.
	 *
	 * @param requests attempts that said something
	 * @param errors those that failed
	 * @param slow those that were slow
	 */
	record Counts(long requests, long errors, long slow) {

		static final Counts NONE = new Counts(0, 0, 0);

		double errorPercent() {
			return (this.requests > 0) ? 100.0 * this.errors / this.requests : 0;
		}

		double slowPercent() {
			return (this.requests > 0) ? 100.0 * this.slow / this.requests : 0;
		}

	}

}
