// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.failback;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.governance.context.CallContext;
import io.governance.engine.PolicyEngine;
import io.governance.execution.CallFailure;
import io.governance.execution.Failback;
import io.governance.execution.Failback.End;
import io.governance.execution.RetrySchedule;
import io.governance.policy.Call;
import io.governance.policy.Outcome;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Keeps calls that failed, and makes them again later, as their rules say: one after the
 * other on a thread of its own, which is there while any is kept. They are in memory
 * only: what is left when the process stops is lost, and said to be. Thread-safe.
 */
public final class FailedCalls implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(FailedCalls.class);

	private static final long THREAD_IDLE_SECONDS = 30;

	private final PolicyEngine engine;

	private final TimeSource time;

	private final Set<Kept> kept = ConcurrentHashMap.newKeySet();

	private volatile @Nullable ScheduledThreadPoolExecutor thread;

	/**
	 * Creates it.
	 * @param engine says whether a rule still acts
	 * @param time the clock
	 */
	public FailedCalls(PolicyEngine engine, TimeSource time) {
		this.engine = engine;
		this.time = time;
	}

	@Override
	public void start() {
		ScheduledThreadPoolExecutor one = new ScheduledThreadPoolExecutor(1, (work) -> {
			Thread made = new Thread(work, "governance-failback");
			made.setDaemon(true);
			return made;
		});
		one.setKeepAliveTime(THREAD_IDLE_SECONDS, TimeUnit.SECONDS);
		one.allowCoreThreadTimeOut(true);
		this.thread = one;
	}

	@Override
	public void stop() {
		ScheduledThreadPoolExecutor one = this.thread;
		this.thread = null;
		if (one != null) {
			one.shutdownNow();
		}
		int lost = 0;
		for (Kept call : this.kept) {
			lost += end(call, End.STOPPED) ? 1 : 0;
		}
		if (lost > 0) {
			logger.warn("calls that were to be made again are lost: calls={}", lost);
		}
	}

	/**
	 * Stops after the servers: what they still serve may fail.
	 */
	@Override
	public int getPhase() {
		return 0;
	}

	@Override
	public boolean isRunning() {
		return this.thread != null;
	}

	/**
	 * Keeps a call that failed.
	 * @param failback how it is made again
	 * @param call the call
	 * @param context what it was made on behalf of
	 * @param resend makes it
	 * @return whether it is kept
	 */
	public boolean accept(Failback failback, Call call, CallContext context, Resend resend) {
		if (!isRunning() || !failback.enter(resend.bytes())) {
			return false;
		}
		Kept one = new Kept(call, context, resend, failback, this.time.nanoTime(), 0);
		this.kept.add(one);
		later(one, failback);
		return this.kept.contains(one);
	}

	private void later(Kept call, Failback now) {
		long wait = now.waitNanos(call.retries(), this.time.nanoTime() - call.startNanos());
		ScheduledThreadPoolExecutor one = this.thread;
		if (wait == Failback.STOP) {
			lost(call, End.EXHAUSTED);
			return;
		}
		try {
			if (one != null) {
				one.schedule(() -> again(call), wait, TimeUnit.NANOSECONDS);
				return;
			}
		}
		catch (RejectedExecutionException ex) {
			logger.debug("stopped meanwhile", ex);
		}
		end(call, End.STOPPED);
	}

	private void again(Kept call) {
		try {
			sendAgain(call);
		}
		catch (RuntimeException ex) {
			// it would stay in the queue, where nobody looks for it
			logger.warn("a call could not be made again", ex);
			lost(call, End.REFUSED);
		}
	}

	private void sendAgain(Kept call) {
		Failback now = inForce(call);
		if (now == null) {
			lost(call, End.REMOVED);
		}
		else if (!now.tryTake()) {
			// it waits as long as it would after a failure, until it is too old
			replace(call, call, now);
		}
		else {
			call.resend().send(call.attempt(), (ending) -> ended(call, ending, now));
		}
	}

	private @Nullable Failback inForce(Kept call) {
		RetrySchedule retry = this.engine.plan(call.call()).retry();
		Failback now = (retry != null) ? retry.failback() : null;
		return (now != null && now.rule().equals(call.failback().rule())) ? now : null;
	}

	private void ended(Kept call, CallFailure ending, Failback now) {
		if (now.wants(ending)) {
			replace(call, call.tried(), now);
			return;
		}
		Outcome outcome = ending.outcome();
		boolean good = outcome.kind() == Outcome.Kind.RESPONSE && outcome.status() < 400;
		if (good) {
			end(call, End.SUCCEEDED);
		}
		else {
			lost(call, End.REFUSED);
		}
	}

	private void replace(Kept call, Kept next, Failback now) {
		if (this.kept.remove(call)) {
			this.kept.add(next);
			later(next, now);
		}
	}

	private void lost(Kept call, End end) {
		if (end(call, end)) {
			logger.warn("a call that was to be made again is lost: rule={} service={} retries={} why={}",
					call.failback().rule(), call.call().service(), call.retries(), end);
		}
	}

	private boolean end(Kept call, End end) {
		boolean was = this.kept.remove(call);
		if (was) {
			call.failback().leave(call.resend().bytes(), end);
		}
		return was;
	}

	/**
	 * A call that is kept: compared by what makes it, which is its own. It leaves by the
	 * failback that it entered by, whatever the rule has become.
	 */
	private record Kept(Call call, CallContext context, Resend resend, Failback failback, long startNanos,
			int retries) {

		Kept tried() {
			return new Kept(this.call, this.context, this.resend, this.failback, this.startNanos, this.retries + 1);
		}

		/**
		 * Without the deadline of a caller that has gone. It is no first attempt, so
		 * nobody tries it again by himself.
		 */
		CallContext attempt() {
			return new CallContext(null, Math.max(1, this.context.attempt()) + this.retries + 1, this.context.labels(),
					this.context.caller(), this.context.priority());
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Kept kept && kept.resend == this.resend && kept.retries == this.retries;
		}

		@Override
		public int hashCode() {
			return System.identityHashCode(this.resend);
		}

	}

}
