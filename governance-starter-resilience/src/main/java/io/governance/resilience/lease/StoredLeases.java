// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.lease;

import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

import io.governance.lease.LeaseGrant;
import io.governance.lease.LeaseHolder;
import io.governance.lease.LeaseRequest;
import io.governance.lease.LeaseStore;
import io.governance.lease.Leases;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Leases out of a store, asked for by one thread, which is there from the first rule on
 * that wants some. Calls only read what is in memory; they never wait for the store.
 */
public final class StoredLeases implements Leases, SmartLifecycle {

	/** Between two signs of life. */
	static final long BEAT_NANOS = 500_000_000L;

	/** How long an answer may take. */
	static final long ANSWER_NANOS = 1_000_000_000L;

	private static final long PAUSE_NANOS = 250_000_000L;

	private static final long GLANCE_NANOS = 50_000_000L;

	private static final long STOP_MILLIS = 1_000;

	private final LeaseStore store;

	private final TimeSource time;

	private final int expected;

	private final LeaseState present;

	private final DelayQueue<Ask> asks = new DelayQueue<>();

	private final Queue<PendingLease> pending = new ConcurrentLinkedQueue<>();

	private boolean wanted;

	private boolean running;

	private @Nullable Thread thread;

	private long nextBeat;

	private long turnedAt;

	private volatile long beatAt;

	private volatile boolean beating;

	/**
	 * Creates it; nothing is asked for until a rule {@link #join joins} and it is
	 * started.
	 * @param store lends the permits
	 * @param expectedInstances how many processes are taken to share them until the store
	 * says how many do
	 * @param time the clock
	 */
	public StoredLeases(LeaseStore store, int expectedInstances, TimeSource time) {
		this.store = store;
		this.expected = expectedInstances;
		this.time = time;
		this.present = new LeaseState(time);
		this.nextBeat = time.nanoTime();
		this.turnedAt = this.nextBeat;
	}

	@Override
	public synchronized void join() {
		this.wanted = true;
		update();
	}

	@Override
	public State state() {
		return this.present.state();
	}

	@Override
	public int instances() {
		return this.present.instances();
	}

	@Override
	public int expectedInstances() {
		return this.expected;
	}

	/**
	 * Why the store does not answer.
	 * @return the cause; empty while it answers, or was not asked yet
	 */
	String cause() {
		return this.present.cause();
	}

	@Override
	public long answeringSince() {
		return this.present.since();
	}

	@Override
	public int outages() {
		return this.present.outages();
	}

	@Override
	public void ask(LeaseHolder holder, long delayNanos) {
		this.asks.add(new Ask(holder, this.time.nanoTime() + delayNanos, this.time));
	}

	/**
	 * Whether a rule has wanted leases.
	 * @return whether the store is used
	 */
	public synchronized boolean isUsed() {
		return this.wanted;
	}

	@Override
	public synchronized void start() {
		this.running = true;
		update();
	}

	@Override
	public synchronized void stop() {
		this.running = false;
		Thread stopping = this.thread;
		this.thread = null;
		if (stopping != null) {
			stopping.interrupt();
			joinThread(stopping);
			this.present.stop();
			giveUpAll();
			this.store.close();
		}
	}

	private static void joinThread(Thread stopping) {
		try {
			stopping.join(STOP_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.running;
	}

	/**
	 * Before the web server starts and until it has stopped; after the application's
	 * connections to the store, which are in phase 0.
	 */
	@Override
	public int getPhase() {
		return 1;
	}

	private void update() {
		if (this.running && this.wanted && this.thread == null) {
			Thread made = new Thread(this::run, "governance-leases");
			made.setDaemon(true);
			this.present.connecting();
			this.thread = made;
			made.start();
		}
	}

	private void run() {
		while (!Thread.currentThread().isInterrupted()) {
			try {
				turn(GLANCE_NANOS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			catch (RuntimeException ex) {
				this.present.down(String.valueOf(ex));
			}
		}
	}

	/**
	 * Does what is due, and waits for the next request.
	 */
	void turn(long waitNanos) throws InterruptedException {
		long now = this.time.nanoTime();
		// after a pause of this process the answers may be here, and not be read yet
		boolean awake = now - this.turnedAt < PAUSE_NANOS;
		this.turnedAt = now;
		if (awake) {
			giveUpLate(now);
		}
		if (awake && now - this.nextBeat >= 0) {
			this.nextBeat = now + BEAT_NANOS;
			beat(now);
		}
		Ask ask = this.asks.poll(waitNanos, TimeUnit.NANOSECONDS);
		while (ask != null) {
			send(ask.holder);
			ask = this.asks.poll();
		}
	}

	private void beat(long now) {
		if (this.beating) {
			if (now - this.beatAt >= ANSWER_NANOS) {
				failed("no answer");
			}
			else {
				return;
			}
		}
		this.beating = true;
		this.beatAt = now;
		try {
			this.store.beat().whenComplete((beat, failure) -> {
				this.beating = false;
				if (failure != null) {
					failed(cause(failure));
				}
				// one that comes late says that the store answered then, not now
				else if (this.time.nanoTime() - now < ANSWER_NANOS) {
					this.present.up(beat);
				}
			});
		}
		catch (RuntimeException ex) {
			this.beating = false;
			failed(cause(ex));
		}
	}

	private void send(LeaseHolder holder) {
		if (state() != State.UP) {
			holder.failed();
			return;
		}
		PendingLease lease = new PendingLease(holder, this.time.nanoTime());
		this.pending.add(lease);
		try {
			LeaseRequest request = holder.request();
			this.store.lend(request, isFull(request)).whenComplete((grant, failure) -> answered(lease, grant, failure));
		}
		catch (RuntimeException ex) {
			answered(lease, null, ex);
		}
	}

	/**
	 * A bucket that the store has forgotten may have been empty.
	 */
	private boolean isFull(LeaseRequest request) {
		return !request.known() && !this.present.hasForgottenWithin(1_000 * request.fillMicros());
	}

	private void answered(PendingLease lease, @Nullable LeaseGrant grant, @Nullable Throwable failure) {
		if (grant != null) {
			lease.granted(grant);
		}
		else if (lease.giveUp()) {
			failed((failure != null) ? cause(failure) : "no answer");
		}
	}

	private void giveUpLate(long now) {
		PendingLease oldest = this.pending.peek();
		while (oldest != null && (oldest.isDone() || oldest.isLate(now, ANSWER_NANOS))) {
			this.pending.remove();
			if (oldest.giveUp()) {
				failed("no answer");
			}
			oldest = this.pending.peek();
		}
	}

	private void failed(String cause) {
		this.present.down(cause);
		giveUpAll();
	}

	private void giveUpAll() {
		this.pending.forEach(PendingLease::giveUp);
	}

	/**
	 * The innermost one that says more than the one around it.
	 */
	private static String cause(Throwable failure) {
		Throwable cause = failure;
		while (cause.getCause() != null && isLessThan(cause, cause.getCause())) {
			cause = cause.getCause();
		}
		return String.valueOf(cause);
	}

	private static boolean isLessThan(Throwable outer, Throwable inner) {
		String said = outer.getMessage();
		return outer instanceof CompletionException || said == null
				|| (inner.getMessage() != null && !said.contains(inner.getMessage()));
	}

	private record Ask(LeaseHolder holder, long due, TimeSource time) implements Delayed {

		@Override
		public long getDelay(TimeUnit unit) {
			return unit.convert(this.due - this.time.nanoTime(), TimeUnit.NANOSECONDS);
		}

		@Override
		public int compareTo(Delayed other) {
			return (other instanceof Ask ask) ? Long.signum(this.due - ask.due) : 0;
		}

	}

}
