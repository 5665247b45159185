// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.loadshedding;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

import io.governance.time.TimeSource;

/**
 * What calls were answered within a rolling window of buckets, and how fast. The bucket
 * of the present is left out of what is read: it is not full yet. So what is read changes
 * when a bucket ends and at no other time, and is worked out once for each. Buckets begin
 * at multiples of their width; nobody locks.
 */
final class PassWindow {

	/** 5 s. */
	static final int BUCKETS = 50;

	/** 100 ms. */
	static final long BUCKET_NANOS = 100_000_000L;

	/**
	 * Of a window without calls; long, so as not to drop the first ones.
	 */
	static final double DEFAULT_MIN_RT = 1_000;

	/** Of the time of calls; what differs by less differs by chance. */
	private static final double NOT_SLOWER = 0.85;

	/**
	 * By bucket; 5 % in 10 s, so that a service that has become slower for good is not
	 * held to what it was.
	 */
	private static final double RISE = 1.0005;

	private static final Bucket UNUSED = new Bucket(-1);

	private final AtomicReferenceArray<Bucket> slots;

	private final long bucketNanos;

	private final TimeSource time;

	private final long origin;

	private volatile Ever ever = new Ever(-1, Double.POSITIVE_INFINITY);

	private volatile Best best = new Best(-1, 1, DEFAULT_MIN_RT, Double.POSITIVE_INFINITY);

	PassWindow(TimeSource time) {
		this(time, BUCKETS, BUCKET_NANOS);
	}

	PassWindow(TimeSource time, int buckets, long bucketNanos) {
		this.time = time;
		this.bucketNanos = bucketNanos;
		this.origin = time.nanoTime();
		this.slots = new AtomicReferenceArray<>(buckets);
		for (int slot = 0; slot < buckets; slot++) {
			this.slots.set(slot, UNUSED);
		}
	}

	private long present() {
		return (this.time.nanoTime() - this.origin) / this.bucketNanos;
	}

	/**
	 * Counts an answered call.
	 * @param millis how long it took, in milliseconds
	 */
	void add(long millis) {
		long present = present();
		int slot = (int) (present % this.slots.length());
		Bucket bucket = this.slots.get(slot);
		while (bucket.index < present) {
			Bucket next = new Bucket(present);
			bucket = this.slots.compareAndSet(slot, bucket, next) ? next : this.slots.get(slot);
			remember();
		}
		// else held up for a whole window: the slot is another bucket's by now
		if (bucket.index == present) {
			// in this order: a call that is half written makes nothing look faster
			bucket.millis.add(millis);
			bucket.passes.increment();
		}
	}

	/**
	 * The most that was answered in a bucket, and the least time that it took.
	 */
	Best best() {
		long present = present();
		Best known = this.best;
		if (known.present() != present) {
			known = measure(present);
			this.best = known;
		}
		return known;
	}

	/**
	 * Keeps how fast calls can be, with each bucket that begins: so it is known before
	 * somebody asks, and asking changes nothing.
	 */
	private void remember() {
		Best present = best();
		this.ever = new Ever(present.present(), present.everRtMillis());
	}

	private Best measure(long present) {
		long maxPass = 1;
		double minRt = Double.POSITIVE_INFINITY;
		for (int slot = 0; slot < this.slots.length(); slot++) {
			Bucket bucket = this.slots.get(slot);
			long passes = bucket.passes.sum();
			if (bucket.index < present && bucket.index > present - this.slots.length() && passes > 0) {
				maxPass = Math.max(maxPass, passes);
				minRt = Math.min(minRt, Math.round((double) bucket.millis.sum() / passes));
			}
		}
		Ever before = this.ever;
		double everRt = Math.min(Math.max(1, minRt), before.millis * Math.pow(RISE, present - before.present));
		return new Best(present, maxPass, (minRt < Double.POSITIVE_INFINITY) ? minRt : DEFAULT_MIN_RT, everRt);
	}

	/**
	 * The calls that this process works on at a time when it does its best: the best rate
	 * by the best time (Little's law).
	 */
	double maxFlight() {
		Best measured = best();
		return Limits.maxFlight(measured.maxPass(), measured.minRtMillis(), this.bucketNanos);
	}

	/**
	 * What was best in a window.
	 *
	 * @param present the bucket that was left out
	 * @param maxPass the most calls that were answered in a bucket, 1 or more
	 * @param minRtMillis the shortest mean time of a bucket, in whole milliseconds
	 * @param everRtMillis the shortest such time of any window; a little more with each
	 * bucket that passes
	 */
	record Best(long present, long maxPass, double minRtMillis, double everRtMillis) {

		/**
		 * Whether calls wait: all through the window they took longer than they can, or
		 * nobody knows how long they can.
		 */
		boolean isSlow() {
			return this.everRtMillis < NOT_SLOWER * this.minRtMillis || Double.isInfinite(this.everRtMillis);
		}

	}

	/**
	 * The shortest time so far, as of a bucket.
	 */
	private record Ever(long present, double millis) {
	}

	private static final class Bucket {

		private final long index;

		private final LongAdder passes = new LongAdder();

		private final LongAdder millis = new LongAdder();

		Bucket(long index) {
			this.index = index;
		}

	}

}
