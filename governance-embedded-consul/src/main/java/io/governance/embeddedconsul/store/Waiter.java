// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.store;

import java.util.concurrent.CompletableFuture;

/**
 * One blocked query.
 */
final class Waiter<S> {

	private final long index;

	private final Watched<S> watched;

	private final long stamp;

	private final long deadline;

	private final CompletableFuture<S> answer = new CompletableFuture<>();

	Waiter(long index, Watched<S> watched, long stamp, long deadline) {
		this.index = index;
		this.watched = watched;
		this.stamp = stamp;
		this.deadline = deadline;
	}

	CompletableFuture<S> answer() {
		return this.answer;
	}

	long deadline() {
		return this.deadline;
	}

	void offer(S state) {
		if (this.watched.stamp(state) != this.stamp && this.watched.index(state) > this.index) {
			this.answer.complete(state);
		}
	}

}
