// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.outlier;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.governance.selection.Host;

/**
 * What is known of one host. Attempts count concurrently; the sweep alone evaluates,
 * ejects and lets back. The ejection time grows by the base with each ejection, up to the
 * maximum, and shrinks with each interval in service (after Envoy).
 */
final class HostRecord {

	private final Host host;

	private final AtomicInteger consecutive = new AtomicInteger();

	private final AtomicBoolean due = new AtomicBoolean();

	private final AtomicLong requests = new AtomicLong();

	private final AtomicLong errors = new AtomicLong();

	private final AtomicLong slow = new AtomicLong();

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
		this.requests.incrementAndGet();
		if (isSlow) {
			this.slow.incrementAndGet();
		}
		if (verdict == Verdict.SUCCESS) {
			if (this.consecutive.get() != 0) {
				this.consecutive.set(0);
			}
			return false;
		}
		this.errors.incrementAndGet();
		return this.consecutive.incrementAndGet() >= limit && limit > 0 && this.due.compareAndSet(false, true);
	}

	/**
	 * Whether a row of errors was completed since the last time this was asked.
	 */
	boolean takeDue() {
		boolean was = this.due.get();
		if (was) {
			this.consecutive.set(0);
			this.due.set(false);
		}
		return was;
	}

	/**
	 * Takes what was counted in the interval that ends now.
	 */
	Counts takeCounts() {
		return new Counts(this.requests.getAndSet(0), this.errors.getAndSet(0), this.slow.getAndSet(0));
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
		this.consecutive.set(0);
		this.due.set(false);
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
