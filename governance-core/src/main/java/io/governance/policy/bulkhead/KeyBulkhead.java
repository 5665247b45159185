// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.bulkhead;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import io.governance.keyed.KeyedState;
import io.governance.policy.Decision;
import io.governance.policy.Permit;
import io.governance.policy.Policy.Forecast;
import org.jspecify.annotations.Nullable;

/**
 * The bulkhead of one key. A permit that comes back goes to the call that has waited
 * longest, on the thread that brought it. No wake-up is lost: who waits is in the queue
 * before it looks for a permit, and who gives one back looks at the queue afterwards. A
 * call does not overtake those that wait. Thread-safe.
 */
final class KeyBulkhead implements KeyedState {

	/**
	 * What gets a permit may give it back before it returns, as when a later rule turns
	 * the call away. The next in the queue would then be served from within, and so on,
	 * until the stack is full.
	 */
	private static final int DEEPEST = 8;

	private final WaitingTerms terms;

	private final Permits permits;

	private final WaitingCalls waiting = new WaitingCalls();

	private final Decision admitted = new Decision.Admitted(new Permit.Shared((outcome) -> release()));

	private final Map<Thread, Integer> handing = new ConcurrentHashMap<>();

	private final ReentrantLock changing = new ReentrantLock();

	private volatile Limits limits;

	KeyBulkhead(String key, Limits limits, WaitingTerms terms) {
		this.terms = terms;
		this.permits = new Permits(key, limits.calls());
		this.limits = limits;
	}

	/**
	 * Asks for a permit.
	 * @param wanted the numbers of the rule
	 * @return an admission, or a pending decision; {@code null} when there is no room
	 */
	@Nullable Decision tryAcquire(Limits wanted) {
		if (wanted.generation() > this.limits.generation()) {
			change(wanted);
		}
		if (this.waiting.count() == 0 && this.permits.tryAcquire()) {
			return this.admitted;
		}
		return (wanted.waiting() > 0) ? await(wanted) : null;
	}

	/**
	 * What {@link #tryAcquire} would answer. After a change of numbers those who wait are
	 * served first.
	 */
	Forecast foresee(Limits wanted) {
		int free = Math.max(0, wanted.calls() - this.permits.used());
		int queued = this.waiting.countInTime(this.terms.now());
		if (free > queued) {
			return Forecast.admit(describe(wanted));
		}
		return (queued - free < wanted.waiting())
				? Forecast.queue(wanted.waitNanos(), this.terms.rejection(), describe(wanted))
				: Forecast.reject(this.terms.rejection(), describe(wanted));
	}

	private void change(Limits wanted) {
		this.changing.lock();
		try {
			if (wanted.generation() > this.limits.generation()) {
				this.permits.resize(wanted.calls());
				this.limits = wanted;
			}
		}
		finally {
			this.changing.unlock();
		}
		handOn();
	}

	private @Nullable Decision await(Limits wanted) {
		WaitingCall call = WaitingCall.until(this.terms.now() + wanted.waitNanos());
		if (!enter(call, wanted.waiting())) {
			return null;
		}
		handOn();
		Decision settled = call.decision().getNow(null);
		if (settled != null) {
			return settled;
		}
		this.terms.queued().increment();
		return new Decision.Pending(call.decision(), wanted.waitNanos(), this.terms.rejection(), () -> leave(call));
	}

	/**
	 * Those whose time is up leave by themselves; but nobody waits for a shadow.
	 */
	private boolean enter(WaitingCall call, int max) {
		if (this.waiting.add(call, max)) {
			return true;
		}
		this.waiting.removeLate(this.terms.now()).forEach((late) -> late.settle(this.terms.full()));
		return this.waiting.add(call, max);
	}

	private void leave(WaitingCall call) {
		if (!this.waiting.remove(call)) {
			return;
		}
		if (call.isLate(this.terms.now())) {
			call.settle(this.terms.full());
		}
		else {
			this.terms.givenUp().increment();
		}
	}

	private void release() {
		this.permits.release();
		handOn();
	}

	private void handOn() {
		if (this.waiting.count() == 0) {
			return;
		}
		Thread thread = Thread.currentThread();
		int depth = this.handing.merge(thread, 1, Integer::sum);
		try {
			while (depth <= DEEPEST && this.waiting.count() > 0 && this.permits.tryAcquire()) {
				if (!admitOldest()) {
					this.permits.release();
				}
			}
		}
		finally {
			this.handing.computeIfPresent(thread, (self, deep) -> (deep > 1) ? deep - 1 : null);
		}
	}

	/**
	 * Gives a permit to the oldest.
	 * @return whether it was taken
	 */
	private boolean admitOldest() {
		WaitingCall oldest = this.waiting.removeOldest();
		if (oldest == null) {
			return false;
		}
		boolean late = oldest.isLate(this.terms.now());
		return oldest.settle(late ? this.terms.full() : this.admitted) && !late;
	}

	@Override
	public boolean isIdle() {
		return this.permits.used() == 0 && this.waiting.count() == 0;
	}

	String describe(Limits wanted) {
		String used = this.permits.used() + "/" + wanted.calls();
		int queued = this.waiting.count();
		return (wanted.waiting() == 0 && queued == 0) ? used : used + "+" + queued + "/" + wanted.waiting();
	}

}
