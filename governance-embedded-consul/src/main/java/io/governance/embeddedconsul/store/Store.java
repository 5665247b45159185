// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.store;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import io.governance.time.TimeSource;

/**
 * Holds an immutable state. Readers take the reference; writers queue behind one lock;
 * blocking queries wait without a thread. Thread-safe.
 *
 * @param <S> the state
 */
public final class Store<S> {

	private final TimeSource time;

	private final ReentrantLock writer = new ReentrantLock();

	private final Set<Waiter<S>> waiters = ConcurrentHashMap.newKeySet();

	private volatile S state;

	/**
	 * A store with a first state.
	 * @param initial the first state
	 * @param time the clock that ends blocking queries
	 */
	public Store(S initial, TimeSource time) {
		this.state = initial;
		this.time = time;
	}

	/**
	 * The state as it is now.
	 * @return the current snapshot
	 */
	public S state() {
		return this.state;
	}

	/**
	 * Changes the state and wakes the queries that see a difference.
	 * @param transition makes the next state; runs under the writer's lock, and its
	 * exceptions leave everything as it was
	 * @return what the transition said about itself
	 */
	public boolean update(Function<S, Change<S>> transition) {
		Change<S> change;
		this.writer.lock();
		try {
			change = transition.apply(this.state);
			if (change.state() == this.state) {
				return change.accepted();
			}
			this.state = change.state();
		}
		finally {
			this.writer.unlock();
		}
		S current = this.state;
		this.waiters.forEach((waiter) -> waiter.offer(current));
		return change.accepted();
	}

	/**
	 * Waits until what is watched changes beyond the query's index, or the query's time
	 * is up.
	 * @param query how long to wait, and for what index
	 * @param watched what to look at
	 * @return the state to answer from; cancel it when nobody wants the answer any more
	 */
	public CompletableFuture<S> await(BlockingQuery query, Watched<S> watched) {
		S seen = this.state;
		if (!query.blocks() || watched.index(seen) > query.index()) {
			return CompletableFuture.completedFuture(seen);
		}
		Waiter<S> waiter = new Waiter<>(query.index(), watched, watched.stamp(seen),
				this.time.nanoTime() + query.waitNanos());
		// Registered first, compared second: a change in between is not lost.
		this.waiters.add(waiter);
		waiter.answer().whenComplete((answer, failure) -> this.waiters.remove(waiter));
		waiter.offer(this.state);
		return waiter.answer();
	}

	/**
	 * Answers the queries whose time is up. To be called often.
	 */
	public void expire() {
		long now = this.time.nanoTime();
		for (Waiter<S> waiter : this.waiters) {
			if (now - waiter.deadline() >= 0) {
				waiter.answer().complete(this.state);
			}
		}
	}

	/**
	 * How many queries wait.
	 * @return the number of blocked queries
	 */
	public int waiting() {
		return this.waiters.size();
	}

}
