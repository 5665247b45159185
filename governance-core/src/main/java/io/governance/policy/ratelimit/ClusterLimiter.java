// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.util.concurrent.atomic.AtomicBoolean;
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
 * Until the store answers, and while it is away, {@link WithoutStore} decides.
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

	private final WithoutStore alone;

	private final Runnable used;

	private final LongAdder refused = new LongAdder();

	private volatile long earliest;

	private volatile long nextAt;

	private volatile long low;

	private volatile long left;

	private volatile long answeredAt;

	private volatile boolean answered;

	private volatile @Nullable LocalShare credit;

	// what follows is of requests, of which there is one at a time

	private long begun;

	private long owed;

	private long after;

	private long wanted;

	private long requestedAt;

	private boolean rejoining;

	ClusterLimiter(ClusterTerms terms, Rate rate, String bucket, Runnable used) {
		this.terms = terms;
		this.used = used;
		this.rate = rate;
		this.bucket = bucket;
		long now = terms.time().nanoTime();
		this.begun = shares(ASSUMED_INSTANCES).reserve();
		this.owed = (this.begun == 0) ? 1 : 0;
		this.after = Math.max(1, this.begun);
		this.low = this.after / 2;
		this.lent = new Lent(this.after);
		this.alone = new WithoutStore(terms, rate, this.lent);
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
		if (this.terms.leases().state() != Leases.State.UP) {
			endIfOver(now);
			return this.alone.tryAcquire(answers, this, now);
		}
		refresh(now);
		long remaining = this.lent.take();
		if (remaining <= this.low) {
			ask(now);
		}
		if (remaining >= 0 || takeOnCredit(now)) {
			return answers.admitted(this);
		}
		this.refused.increment();
		return answers.rejected(this, nanosToNext(now));
	}

	private boolean takeOnCredit(long now) {
		LocalShare share = this.credit;
		return share != null && share.tryTake(now);
	}

	private long onCredit(long now) {
		LocalShare share = this.credit;
		return (share != null) ? share.available(now) : 0;
	}

	@Override
	public Forecast foresee(Answers answers) {
		long now = this.terms.time().nanoTime();
		if (this.terms.leases().state() != Leases.State.UP) {
			return this.alone.foresee(answers, this, now);
		}
		return (this.lent.permits() > 0 || onCredit(now) > 0) ? Forecast.admit(state())
				: Forecast.reject(answers.rejection(this, nanosToNext(now)), state());
	}

	private long nanosToNext(long now) {
		return Math.max(this.nextAt - now, shares(ASSUMED_INSTANCES).pauseNanos());
	}

	/**
	 * Gives up what must not be used any more, and what the store does not know of.
	 */
	private void refresh(long now) {
		rejoin(now);
		endIfOver(now);
	}

	private void endIfOver(long now) {
		if (this.lent.isOver(now, this.terms.leases().answeringSince())) {
			this.lent.end(shares(ASSUMED_INSTANCES).kept());
		}
	}

	/**
	 * Lets the store make permits again: keeps of those made here no more than it takes
	 * into account unasked, and none that were made since it is back; and tells it what
	 * was taken without it.
	 */
	private void rejoin(long now) {
		LocalShare share = this.alone.end();
		if (share != null) {
			long since = this.terms.leases().answeringSince();
			long made = share.takeAll((since - now < 0) ? since : now);
			boolean last = share.outage() == this.terms.leases().outages();
			long kept = last ? Math.min(made, shares(ASSUMED_INSTANCES).reserve()) : 0;
			begin(kept, share.owed(kept), now);
		}
	}

	private synchronized void begin(long held, long taken, long now) {
		this.rejoining = true;
		this.owed = Math.min(this.owed + taken, this.rate.burst());
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
		this.used.run();
		refresh(now);
		Shares shares = shares(ASSUMED_INSTANCES);
		if (!this.answered) {
			settle(shares.reserve(), now);
		}
		long held = this.lent.permits();
		double calls = Math.max(0, this.after - held) + this.refused.sumThenReset();
		double demand = calls * Shares.HORIZON_NANOS / Math.max(now - this.requestedAt, Shares.HORIZON_NANOS / 10);
		this.wanted = Math.max(shares.kept(),
				Math.min(shares.most(), (long) Math.ceil(Math.max(demand, this.wanted / 2.0))));
		this.low = this.wanted / 2;
		this.after = held;
		this.requestedAt = now;
		// a store that takes its time: until it answers, or is away, the share of this
		// instance is admitted, and told with the next request
		this.credit = (this.terms.onStoreFailure() != OnStoreFailure.CLOSED)
				? shares.alone(0, 0, now + Shares.HORIZON_NANOS / 2) : null;
		return this.terms.request(this.bucket, shares, held, this.wanted, this.owed, this.rejoining, isKnown(now));
	}

	/**
	 * Makes of the reserve that it began with the one that the store takes into account,
	 * now that it is known how many there are.
	 */
	private void settle(long reserve, long now) {
		this.owed -= reserve - this.begun;
		this.begun = reserve;
		if (this.owed < 0) {
			this.lent.add(-this.owed, now);
			this.after -= this.owed;
			this.owed = 0;
		}
	}

	/**
	 * Whether the store cannot have dropped the bucket yet.
	 */
	private boolean isKnown(long now) {
		return this.answered && now - this.answeredAt < this.rate.nanosToForget();
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
		this.owed = takenOnCredit(now);
		this.rejoining = false;
		this.left = grant.left();
		this.answeredAt = now;
		this.answered = true;
		this.after += grant.permits();
		this.lent.add(grant.permits(), this.requestedAt);
		this.terms.granted().add(grant.permits());
		Shares shares = shares(ASSUMED_INSTANCES);
		boolean enough = this.after >= this.wanted;
		this.nextAt = now + grant.waitNanos();
		this.earliest = enough ? now : now + Math.max(grant.waitNanos(), shares.pauseNanos());
		return this.lent.permits() < shares.kept();
	}

	private long takenOnCredit(long now) {
		LocalShare share = this.credit;
		this.credit = null;
		if (share == null) {
			return 0;
		}
		share.takeAll(now);
		return share.owed(0);
	}

	@Override
	public void failed() {
		this.terms.failed().increment();
		unanswered(this.terms.time().nanoTime());
		this.asked.set(false);
	}

	private synchronized void unanswered(long now) {
		this.owed = Math.min(this.owed + takenOnCredit(now), this.rate.burst());
		this.earliest = now + Shares.HORIZON_NANOS;
	}

	@Override
	public Rate rate() {
		return this.rate;
	}

	/**
	 * What is here, and what the store should have by now.
	 */
	@Override
	public long available() {
		long now = this.terms.time().nanoTime();
		if (this.terms.leases().state() != Leases.State.UP) {
			return this.alone.available(now);
		}
		if (!this.answered) {
			return this.lent.permits();
		}
		double since = (double) (now - this.answeredAt) * this.rate.limit() / this.rate.per().toNanos();
		return (long) Math.min(this.rate.burst(), this.lent.permits() + this.left + since);
	}

	@Override
	public long nanosToFull() {
		double missing = Math.max(0, (double) this.rate.burst() - available());
		return (long) Math.ceil(missing * this.rate.per().toNanos() / this.rate.limit());
	}

	@Override
	public String state() {
		boolean up = this.terms.leases().state() == Leases.State.UP;
		return "held=" + (up ? this.lent.permits() : this.alone.available(this.terms.time().nanoTime()));
	}

}
