// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.util.concurrent.atomic.AtomicReference;

import io.governance.lease.Leases;
import io.governance.policy.Decision;
import io.governance.policy.Policy.Forecast;
import io.governance.policy.ratelimit.RateLimitRule.OnStoreFailure;
import org.jspecify.annotations.Nullable;

/**
 * What a limiter decides while the store does not answer: as its rule says. Before the
 * store is given up for the first time, what it takes into account unasked is used first
 * by a limiter that would reject. Thread-safe.
 */
final class WithoutStore {

	private final ClusterTerms terms;

	private final Rate rate;

	private final Lent lent;

	private final AtomicReference<@Nullable LocalShare> share = new AtomicReference<>();

	WithoutStore(ClusterTerms terms, Rate rate, Lent lent) {
		this.terms = terms;
		this.rate = rate;
		this.lent = lent;
	}

	Decision tryAcquire(Answers answers, Limiter limiter, long now) {
		return switch (this.terms.onStoreFailure()) {
			case OPEN -> answers.admitted(limiter);
			case CLOSED -> (isFirstAnswerAwaited() && this.lent.take() >= 0) ? answers.admitted(limiter)
					: answers.rejected(limiter, nanosToNext(now));
			case LOCAL_SHARE ->
				share(now).tryTake(now) ? answers.admitted(limiter) : answers.rejected(limiter, nanosToNext(now));
		};
	}

	Forecast foresee(Answers answers, Limiter limiter, long now) {
		boolean admitted = switch (this.terms.onStoreFailure()) {
			case OPEN -> true;
			case CLOSED, LOCAL_SHARE -> available(now) > 0;
		};
		return admitted ? Forecast.admit(limiter.state())
				: Forecast.reject(answers.rejection(limiter, nanosToNext(now)), limiter.state());
	}

	private boolean isFirstAnswerAwaited() {
		return this.terms.leases().state() == Leases.State.CONNECTING;
	}

	private long nanosToNext(long now) {
		LocalShare present = this.share.get();
		return (this.terms.onStoreFailure() == OnStoreFailure.CLOSED) ? ClusterTerms.RETRY_AFTER_FAILURE_NANOS
				: (present != null) ? present.nanosToNext(now) : this.rate.intervalNanos();
	}

	/**
	 * How many calls there is room for; as many as the share has, where all are admitted.
	 */
	long available(long now) {
		if (this.terms.onStoreFailure() == OnStoreFailure.CLOSED) {
			return isFirstAnswerAwaited() ? this.lent.permits() : 0;
		}
		LocalShare present = this.share.get();
		int outage = this.terms.leases().outages();
		if (present != null && present.outage() == outage) {
			return present.available(now);
		}
		return begin(present, outage, (present != null) ? 0 : this.lent.permits(), now).available(now);
	}

	private LocalShare share(long now) {
		LocalShare present = this.share.get();
		int outage = this.terms.leases().outages();
		if (present != null && present.outage() == outage) {
			return present;
		}
		// taken first: what a call takes meanwhile must not be had twice. One of an
		// earlier outage went on while the store made permits: nothing of it is kept
		long begun = 0;
		if (present != null) {
			present.takeAll(now);
		}
		else {
			begun = this.lent.takeAll();
		}
		LocalShare mine = begin(present, outage, begun, now);
		LocalShare other = this.share.compareAndExchange(present, mine);
		return (other != present && other != null) ? other : mine;
	}

	private LocalShare begin(@Nullable LocalShare before, int outage, long begun, long now) {
		Leases leases = this.terms.leases();
		int known = leases.instances();
		Shares shares = new Shares(this.rate, (known > 0) ? known : leases.expectedInstances());
		if (known > 0 || leases.state() == Leases.State.CONNECTING) {
			return shares.alone(outage, begun, now);
		}
		return ((before != null) ? before : shares.alone(outage, begun, now)).givenUp(outage, now);
	}

	/**
	 * Takes the share of the outage that has ended, once.
	 * @return the share; {@code null} when another thread has it, or there was none
	 */
	@Nullable LocalShare end() {
		LocalShare present = this.share.get();
		return (present != null && this.share.compareAndSet(present, null)) ? present : null;
	}

}
