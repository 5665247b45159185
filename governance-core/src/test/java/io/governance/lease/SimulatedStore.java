// SPDX-License-Identifier: Apache-2.0

package io.governance.lease;

import java.util.HashMap;
import java.util.Map;

import io.governance.time.TimeSource;

/**
 * A store with one bucket, counting as the script for Redis does.
 */
public final class SimulatedStore {

	private final TimeSource time;

	private final Map<String, Holder> holders = new HashMap<>();

	private boolean known;

	private long tokens;

	private long unit;

	private long at;

	private long swept;

	public SimulatedStore(TimeSource time) {
		this.time = time;
	}

	/**
	 * Forgets everything, as a Redis without files does when it ends.
	 */
	public void lose() {
		this.known = false;
		this.holders.clear();
	}

	public LeaseGrant lend(String instance, LeaseRequest request, boolean full) {
		long now = this.time.nanoTime() / 1_000;
		long period = request.periodMicros();
		sweep(now);
		long owed = request.owed();
		if (!this.known) {
			this.known = true;
			this.tokens = full ? room(request) * period : 0;
			this.at = now;
			this.unit = period;
			owed = (request.rejoining() && !full) ? 0 : owed;
		}
		this.tokens = Math.floorDiv(this.tokens * period, this.unit);
		this.unit = period;
		long elapsed = Math.max(0, Math.min(now - this.at, request.fillMicros()));
		this.tokens = Math.min(this.tokens + elapsed * request.limit(), room(request) * period);
		this.at = now;
		this.holders.put(instance, new Holder(request.held(), now));
		this.tokens -= owed * period;
		long granted = Math.max(0, Math.min(request.wanted() - request.held(), Math.floorDiv(this.tokens, period)));
		this.tokens -= granted * period;
		this.holders.put(instance, new Holder(request.held() + granted, now));
		long missing = Math.max(0, period - this.tokens);
		return new LeaseGrant(granted, (missing + request.limit() - 1) / request.limit() * 1_000,
				Math.max(0, Math.floorDiv(this.tokens, period)));
	}

	/**
	 * How many permits the store may keep, in view of what it has lent.
	 */
	private long room(LeaseRequest request) {
		long lent = this.holders.values().stream().mapToLong(Holder::held).sum();
		long unknown = Math.max(0, request.instances() - this.holders.size());
		return Math.max(0, request.burst() - lent - unknown * request.reserve());
	}

	private void sweep(long now) {
		if (now - this.swept >= 1_000_000) {
			this.swept = now;
			this.holders.values().removeIf((holder) -> now - holder.seen >= LeaseRequest.LENT_NANOS / 1_000);
		}
	}

	private record Holder(long held, long seen) {
	}

}
