// SPDX-License-Identifier: Apache-2.0

package io.governance.time;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A count over the last n seconds, in n slots of one second each. A slot packs the second
 * it is for and its count into one long, so that one compare-and-set both renews and
 * counts; reading changes nothing. Thread-safe without locks.
 */
public final class RollingCount {

	private static final long SECOND = 1_000_000_000L;

	private final AtomicLongArray slots;

	private final TimeSource time;

	private final long origin;

	/**
	 * Creates a count of nothing.
	 * @param time the clock
	 * @param seconds how long what is counted stays, 1 or more
	 */
	public RollingCount(TimeSource time, int seconds) {
		this.time = time;
		this.slots = new AtomicLongArray(seconds);
		// second 0 marks a slot that was never used
		this.origin = time.nanoTime() - SECOND;
	}

	private int second() {
		return second(this.time.nanoTime());
	}

	private int second(long nowNanos) {
		// a look that was taken long before this count began counts as its beginning
		return (int) (Math.max(0, nowNanos - this.origin) / SECOND);
	}

	/**
	 * Counts one.
	 * @return the second it was counted in, to take it back
	 */
	public int increment() {
		int second = second();
		change(second, 1);
		return second;
	}

	/**
	 * Counts one, by a look at the clock that was taken before.
	 * @param nowNanos the time, on the same clock
	 */
	public void increment(long nowNanos) {
		change(second(nowNanos), 1);
	}

	/**
	 * Takes one back, where it was counted; what left the window meanwhile is gone.
	 * @param second what {@link #increment()} returned
	 */
	public void takeBack(int second) {
		change(second, -1);
	}

	private void change(int second, int count) {
		int slot = second % this.slots.length();
		while (true) {
			long packed = this.slots.get(slot);
			int owner = (int) (packed >>> 32);
			if (owner > second) {
				// held up for a whole window: the slot is another second's by now
				return;
			}
			int counted = (owner == second) ? (int) packed : 0;
			if (this.slots.compareAndSet(slot, packed, pack(second, Math.max(0, counted + count)))) {
				return;
			}
		}
	}

	private static long pack(int second, int count) {
		return ((long) second << 32) | (count & 0xFFFF_FFFFL);
	}

	/**
	 * What was counted within the last seconds, the current one included.
	 * @return the count
	 */
	public long sum() {
		int second = second();
		long sum = 0;
		for (int i = 0; i < this.slots.length(); i++) {
			long packed = this.slots.get(i);
			int age = second - (int) (packed >>> 32);
			sum += (age < this.slots.length()) ? (int) packed : 0;
		}
		return sum;
	}

}
