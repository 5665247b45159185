// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

import io.governance.policy.Call;
import io.governance.policy.Rejection;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The last rejections of enforced rules. At most one each tenth of a second is kept, so
 * that a flood costs nothing and leaves a trace of what was before it. Thread-safe;
 * nobody locks.
 */
final class RecentRejections {

	static final int KEPT = 50;

	static final long PAUSE_NANOS = 100_000_000L;

	private final AtomicReferenceArray<@Nullable RecentRejection> slots = new AtomicReferenceArray<>(KEPT);

	private final AtomicLong added = new AtomicLong();

	private final TimeSource time;

	private final AtomicLong earliest;

	RecentRejections(TimeSource time) {
		this.time = time;
		this.earliest = new AtomicLong(time.nanoTime());
	}

	void add(Call call, Rejection rejection) {
		long now = this.time.nanoTime();
		long open = this.earliest.get();
		if (now - open >= 0 && this.earliest.compareAndSet(open, now + PAUSE_NANOS)) {
			int slot = (int) (this.added.getAndIncrement() % KEPT);
			this.slots.set(slot, RecentRejection.of(call, rejection, this.time.epochMillis()));
		}
	}

	/**
	 * The rejections.
	 * @return the newest first
	 */
	List<RecentRejection> list() {
		List<RecentRejection> all = new ArrayList<>();
		for (int slot = 0; slot < KEPT; slot++) {
			RecentRejection one = this.slots.get(slot);
			if (one != null) {
				all.add(one);
			}
		}
		all.sort(Comparator.comparingLong(RecentRejection::epochMillis).reversed());
		return all;
	}

}
