// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.connection;

import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToIntFunction;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.governance.context.CallContext;
import io.governance.execution.Deadline;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many connections the blocking clients of this process use to one instance at
 * a time, all of them together, and how many calls wait for one. A call waits on its own
 * thread. Thread-safe.
 */
public final class ConnectionLimits {

	private static final int MAX_INSTANCES = 10_000;

	private static final Duration FORGET = Duration.ofMinutes(10);

	private final ConnectionPlan plan;

	private final TimeSource time;

	private final LoadingCache<String, Places> instances;

	private final LongAdder rejected = new LongAdder();

	/**
	 * Creates the limits.
	 * @param plan how many there may be
	 * @param time the clock
	 */
	public ConnectionLimits(ConnectionPlan plan, TimeSource time) {
		this.plan = plan;
		this.time = time;
		this.instances = Caffeine.newBuilder()
			.maximumSize(MAX_INSTANCES)
			.expireAfterAccess(FORGET)
			.build((address) -> new Places(plan.at(address)));
	}

	/**
	 * Takes a place at an instance, and waits for one if it must.
	 * @param uri an address of the instance
	 * @param end when the time of the attempt is up; {@code null} for no bound
	 * @return the place
	 * @throws CallRejectedException if too many calls wait, or no place became free in
	 * time
	 * @throws InterruptedIOException if the thread was interrupted
	 */
	Place take(URI uri, @Nullable Deadline end) throws InterruptedIOException {
		String address = ConnectionPlan.address(uri);
		Places places = this.instances.get(address);
		if (!places.free.tryAcquire() && !places.await(patienceNanos(places.settings, end))) {
			this.rejected.increment();
			throw exhausted(this.plan.serviceAt(address).isEmpty() ? address : this.plan.serviceAt(address));
		}
		return new Place(places);
	}

	private long patienceNanos(ConnectionSettings settings, @Nullable Deadline end) {
		long patience = settings.pendingTimeout().toNanos();
		for (Deadline deadline : new @Nullable Deadline[] { CallContext.current().deadline(), end }) {
			if (deadline != null) {
				patience = Math.min(patience, deadline.remainingNanos(this.time));
			}
		}
		return patience;
	}

	static CallRejectedException exhausted(String where) {
		return new CallRejectedException(where, Rejection.of(Reason.POOL_EXHAUSTED));
	}

	/**
	 * How many connections are used now.
	 * @return how many, over all instances
	 */
	public int used() {
		return sum((places) -> places.settings.poolSize() - places.free.availablePermits());
	}

	/**
	 * How many calls wait for a connection now.
	 * @return how many, over all instances
	 */
	public int pending() {
		return sum((places) -> places.pending.get());
	}

	/**
	 * How many calls got no connection, because too many waited or they waited too long.
	 * @return how many since the start
	 */
	public long rejected() {
		return this.rejected.sum();
	}

	private int sum(ToIntFunction<Places> part) {
		return this.instances.asMap().values().stream().mapToInt(part).sum();
	}

	/**
	 * The places at one instance.
	 */
	private static final class Places {

		private final ConnectionSettings settings;

		private final Semaphore free;

		private final AtomicInteger pending = new AtomicInteger();

		private Places(ConnectionSettings settings) {
			this.settings = settings;
			this.free = new Semaphore(settings.poolSize());
		}

		private boolean await(long nanos) throws InterruptedIOException {
			try {
				return this.pending.incrementAndGet() <= this.settings.maxPending()
						&& this.free.tryAcquire(nanos, TimeUnit.NANOSECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new InterruptedIOException("interrupted while waiting for a connection");
			}
			finally {
				this.pending.decrementAndGet();
			}
		}

	}

	/**
	 * A place that a call has, until its response is closed.
	 */
	static final class Place {

		private final Places places;

		private final AtomicBoolean left = new AtomicBoolean();

		private Place(Places places) {
			this.places = places;
		}

		void leave() {
			if (this.left.compareAndSet(false, true)) {
				this.places.free.release();
			}
		}

	}

}
