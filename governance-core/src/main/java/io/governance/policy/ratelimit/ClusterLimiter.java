// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

import io.governance.lease.LeaseGrant;
import io.governance.lease.LeaseHolder;
import io.governance.lease.LeaseRequest;
import io.governance.lease.Leases;
import io.governance.policy.Decision;
import io.governance.policy.Policy.Forecast;
import io.governance.policy.ratelimit.RateLimitRule.OnStoreFailure;
import org.jspecify.annotations.Nullable;

/**
 * A limiter that all instances share. Calls take permits that a store has lent to this
 * instance ahead of need; where there is none they are rejected, and more are asked for.
 * At the beginning it has a small reserve, which the store takes into account unasked.
 * While the store is away the instance makes its share of permits by itself.
 *
 * <p>
 * What the store keeps and what all instances hold is never more than the burst, so that
 * in any span of time at most the burst and what the limit gives in it is admitted. This
 * is the escrow method of O'Neil (1986) over a token bucket.
 */
final class ClusterLimiter implements Limiter, LeaseHolder {

	/** For the reserve, while nobody knows how many there are. */
	private static final int ASSUMED_INSTANCES = 16;

	private final ClusterTerms terms;

	private final Rate rate;

	private final String bucket;

	private final Lent lent;

	private final AtomicBoolean asked = new AtomicBoolean();

	private final AtomicReference<@Nullable LocalShare> alone = new AtomicReference<>();

	private final LongAdder refused = new LongAdder();

	private volatile long earliest;

	private volatile long nextAt;

	private volatile long low;

	// what follows is of requests, of which there is one at a time

	private long owed;

	private long after;

	private long wanted;

	private long requestedAt;

	private boolean rejoining;

	ClusterLimiter(ClusterTerms terms, Rate rate, String bucket) {
		this.terms = terms;
		this.rate = rate;
		this.bucket = bucket;
		long now = terms.time().nanoTime();
		long reserve = shares(ASSUMED_INSTANCES).reserve();
		this.owed = (reserve == 0) ? 1 : 0;
		this.after = Math.max(1, reserve);
		this.low = this.after / 2;
		this.lent = new Lent(this.after);
		this.requestedAt = now - Shares.HORIZON_NANOS;
		this.earliest = now;
		this.nextAt = now;
	}

	private Shares shares(int unknown) {
		int known = this.terms.leases().instances();
		return new Shares(this.rate, (known > 0) ? known : unknown);
	}

	@Override
	public Decision tryAcquire(Answers answers) {
		long now = this.terms.time().nanoTime();
		if (this.terms.leases().state() == Leases.State.DOWN) {
			return withoutStore(answers, now);
		}
		refresh(now);
		long left = this.lent.take();
		if (left <= this.low) {
			ask(now);
		}
		if (left >= 0) {
			return answers.admitted(this);
		}
		this.refused.increment();
		return answers.rejected(this, nanosToNext(false, now));
	}

	@Override
	public Forecast foresee(Answers answers) {
		long now = this.terms.time().nanoTime();
		boolean alone = this.terms.leases().state() == Leases.State.DOWN;
		OnStoreFailure failure = this.terms.onStoreFailure();
		boolean admitted = (alone && failure != OnStoreFailure.LOCAL_SHARE) ? failure == OnStoreFailure.OPEN
				: available() > 0;
		return admitted ? Forecast.admit(state())
				: Forecast.reject(answers.rejection(this, nanosToNext(alone, now)), state());
	}

	private long nanosToNext(boolean alone, long now) {
		LocalShare share = this.alone.get();
		if (!alone) {
			return Math.max(this.nextAt - now, shares(ASSUMED_INSTANCES).pauseNanos());
		}
		return (this.terms.onStoreFailure() == OnStoreFailure.CLOSED) ? ClusterTerms.RETRY_AFTER_FAILURE_NANOS
				: (share != null) ? share.nanosToNext(now) : this.rate.intervalNanos();
	}

	/**
	 * Gives up what must not be used any more, and what the store does not know of.
	 */
	private void refresh(long now) {
		if (this.alone.get() != null) {
			rejoin(now);
		}
		endIfOver(now);
	}

	private void endIfOver(long now) {
		if (this.lent.isOver(now, this.terms.leases().answeringSince())) {
			this.lent.end(shares(ASSUMED_INSTANCES).reserve());
		}
	}

	private Decision withoutStore(Answers answers, long now) {
		return switch (this.terms.onStoreFailure()) {
			case OPEN -> answers.admitted(this);
			case CLOSED -> answers.rejected(this, ClusterTerms.RETRY_AFTER_FAILURE_NANOS);
			case LOCAL_SHARE -> {
				LocalShare share = share(now);
				yield share.tryTake(now) ? answers.admitted(this) : answers.rejected(this, share.nanosToNext(now));
			}
		};
	}

	private LocalShare share(long now) {
		LocalShare share = this.alone.get();
		int outage = this.terms.leases().outages();
		if (share != null && share.outage() == outage) {
			return share;
		}
		endIfOver(now);
		// taken first: what a call takes meanwhile must not be had twice. One of an
		// earlier outage went on while the store made permits: nothing of it is kept
		LocalShare mine = shares(1).alone(outage, (share != null) ? 0 : this.lent.takeAll(), now);
		LocalShare other = this.alone.compareAndExchange(share, mine);
		return (other != share && other != null) ? other : mine;
	}

	/**
	 * Lets the store make permits again: keeps of those made here no more than it takes
	 * into account unasked, and none that were made since it is back; and tells it what
	 * was taken without it.
	 */
	private void rejoin(long now) {
		LocalShare share = this.alone.get();
		if (share != null && this.alone.compareAndSet(share, null)) {
			long since = this.terms.leases().answeringSince();
			long made = share.takeAll((since - now < 0) ? since : now);
			boolean last = share.outage() == this.terms.leases().outages();
			long kept = last ? Math.min(made, shares(ASSUMED_INSTANCES).reserve()) : 0;
			begin(kept, share.owed(kept), now);
		}
	}

	private synchronized void begin(long held, long taken, long now) {
		this.rejoining = true;
		this.owed = taken;
		this.lent.add(held, now);
		this.after = held;
		this.earliest = now;
	}

	private void ask(long now) {
		if (!this.asked.get() && this.asked.compareAndSet(false, true)) {
			this.terms.leases().ask(this, Math.max(0, this.earliest - now));
		}
	}

	@Override
	public synchronized LeaseRequest request() {
		long now = this.terms.time().nanoTime();
		refresh(now);
		Shares shares = shares(ASSUMED_INSTANCES);
		long held = this.lent.permits();
		double calls = Math.max(0, this.after - held) + this.refused.sumThenReset();
		double demand = calls * Shares.HORIZON_NANOS / Math.max(now - this.requestedAt, Shares.HORIZON_NANOS / 10);
		this.wanted = Math.max(shares.reserve(),
				Math.min(shares.most(), (long) Math.ceil(Math.max(demand, this.wanted / 2.0))));
		this.low = this.wanted / 2;
		this.after = held;
		this.requestedAt = now;
		return this.terms.request(this.bucket, shares, held, this.wanted, this.owed, this.rejoining);
	}

	@Override
	public void granted(LeaseGrant grant) {
		long now = this.terms.time().nanoTime();
		boolean more = taken(grant, now);
		this.asked.set(false);
		if (more) {
			ask(now);
		}
	}

	/**
	 * Goes on asking until the reserve is whole: it is what the store believes is here
	 * when nobody asks any more.
	 */
	private synchronized boolean taken(LeaseGrant grant, long now) {
		this.owed = 0;
		this.rejoining = false;
		this.after += grant.permits();
		this.lent.add(grant.permits(), this.requestedAt);
		this.terms.granted().add(grant.permits());
		Shares shares = shares(ASSUMED_INSTANCES);
		boolean enough = this.after >= this.wanted;
		this.nextAt = now + grant.waitNanos();
		this.earliest = enough ? now : now + Math.max(grant.waitNanos(), shares.pauseNanos());
		return this.lent.permits() < shares.reserve();
	}

	@Override
	public void failed() {
		this.terms.failed().increment();
		this.earliest = this.terms.time().nanoTime() + Shares.HORIZON_NANOS;
		this.asked.set(false);
	}

	@Override
	public Rate rate() {
		return this.rate;
	}

	@Override
	public long available() {
		LocalShare share = this.alone.get();
		return (share != null) ? share.available(this.terms.time().nanoTime()) : this.lent.permits();
	}

	@Override
	public long nanosToFull() {
		double missing = Math.max(0, (double) this.rate.burst() - available());
		return (long) Math.ceil(missing * this.rate.per().toNanos() / this.rate.limit());
	}

	@Override
	public String state() {
		return "held=" + available();
	}

}
