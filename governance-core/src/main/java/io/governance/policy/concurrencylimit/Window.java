// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.concurrencylimit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The calls that ended in a stretch of time (after Netflix's windowed limit): it is over
 * when its time is up and there were enough of them, so that few calls make long windows.
 * It goes stale where no call was for longer than any window: what was before says
 * nothing of what is now. Thread-safe without locks: whoever comes while it is closed may
 * be left out.
 */
final class Window {

	static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(100);

	static final long LONGEST = TimeUnit.SECONDS.toNanos(1);

	static final int ENOUGH = 10;

	/** Closes it before its time, so that the sum cannot overflow. */
	static final int MANY = 1 << 14;

	private static final long LONGEST_CALL = TimeUnit.MINUTES.toNanos(10);

	private static final int COUNT_BITS = 20;

	private static final long COUNT = (1L << COUNT_BITS) - 1;

	private final long end;

	/** Microseconds and, in the low bits, calls: so that the mean is of whole calls. */
	private final AtomicLong timed = new AtomicLong();

	private final AtomicInteger dropped = new AtomicInteger();

	private final AtomicInteger mostInFlight;

	private final AtomicLong shortest = new AtomicLong(Long.MAX_VALUE);

	private volatile long last;

	/**
	 * Opens a window.
	 * @param now the time now, in nanoseconds
	 * @param length how long it is at least, in nanoseconds
	 * @param inFlight how many calls are in flight now
	 */
	Window(long now, long length, int inFlight) {
		this.end = now + length;
		this.last = now;
		this.mostInFlight = new AtomicInteger(inFlight);
	}

	void inFlight(int count) {
		int most = this.mostInFlight.get();
		while (count > most && !this.mostInFlight.compareAndSet(most, count)) {
			most = this.mostInFlight.get();
		}
	}

	/**
	 * Adds the time of a call.
	 * @param nanos how long it took, in nanoseconds
	 * @param now the time now
	 */
	void add(long nanos, long now) {
		long shortestYet = this.shortest.get();
		while (nanos < shortestYet && !this.shortest.compareAndSet(shortestYet, nanos)) {
			shortestYet = this.shortest.get();
		}
		this.timed.addAndGet(((Math.min(nanos, LONGEST_CALL) / 1_000) << COUNT_BITS) + 1);
		this.last = now;
	}

	/**
	 * Adds a call that was dropped. How long that took depends on who dropped it.
	 * @param now the time now
	 */
	void addDrop(long now) {
		this.dropped.incrementAndGet();
		this.last = now;
	}

	boolean isOver(long now) {
		int calls = (int) (this.timed.get() & COUNT) + this.dropped.get();
		return (now - this.end >= 0) ? calls >= ENOUGH : calls >= MANY;
	}

	/**
	 * Whether a call began so long after the last one ended that the two have nothing to
	 * do with each other.
	 */
	boolean isStaleFor(long began) {
		return began - this.last > LONGEST;
	}

	/**
	 * When the last of its calls ended.
	 */
	long last() {
		return this.last;
	}

	/**
	 * How long the next one is to be, at least: twice the shortest call.
	 */
	long nextLength() {
		return Math.max(SHORTEST, Math.min(LONGEST / 2, this.shortest.get()) * 2);
	}

	Sample sample() {
		long sum = this.timed.get();
		long calls = sum & COUNT;
		double mean = (calls > 0) ? (sum >>> COUNT_BITS) * 1_000.0 / calls : 0;
		return new Sample(mean, (int) calls, this.dropped.get(), this.mostInFlight.get());
	}

	/**
	 * What a window has to say.
	 *
	 * @param nanos how long the timed calls took on average; 0 if there were none
	 * @param timed how many those are
	 * @param dropped how many were dropped
	 * @param mostInFlight how many were in flight at a time
	 */
	record Sample(double nanos, int timed, int dropped, int mostInFlight) {

		boolean isDropped(double share) {
			return this.dropped > 0 && this.dropped * 100.0 >= share * (this.timed + this.dropped);
		}

	}

}
