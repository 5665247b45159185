// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Lets a bounded number of queries out at once, and the others in the order they came.
 * Thread-safe; the lock guards the queue and the number of places.
 */
final class ShortQueries {

	private final ReentrantLock lock = new ReentrantLock();

	private final Queue<Runnable> waiting = new ArrayDeque<>();

	private int free;

	ShortQueries(int maximum) {
		this.free = maximum;
	}

	/**
	 * Runs a query when it is its turn.
	 * @param query sends it
	 * @return its answer; a cancelled one is not sent, or given up
	 */
	<T> CompletableFuture<T> run(Supplier<CompletableFuture<T>> query) {
		CompletableFuture<T> result = new CompletableFuture<>();
		Runnable turn = () -> send(query, result);
		if (takesPlace(turn)) {
			turn.run();
		}
		return result;
	}

	private <T> void send(Supplier<CompletableFuture<T>> query, CompletableFuture<T> result) {
		if (result.isDone()) {
			next();
			return;
		}
		CompletableFuture<T> answer = start(query);
		answer.whenComplete((value, error) -> {
			next();
			if (error != null) {
				result.completeExceptionally(error);
			}
			else {
				result.complete(value);
			}
		});
		result.whenComplete((value, error) -> {
			if (result.isCancelled()) {
				answer.cancel(true);
			}
		});
	}

	private boolean takesPlace(Runnable turn) {
		this.lock.lock();
		try {
			if (this.free == 0) {
				this.waiting.add(turn);
				return false;
			}
			this.free--;
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** The place goes to the next one, or is free. */
	private void next() {
		@Nullable Runnable turn;
		this.lock.lock();
		try {
			turn = this.waiting.poll();
			if (turn == null) {
				this.free++;
			}
		}
		finally {
			this.lock.unlock();
		}
		if (turn != null) {
			turn.run();
		}
	}

	private static <T> CompletableFuture<T> start(Supplier<CompletableFuture<T>> query) {
		try {
			return query.get();
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

}
