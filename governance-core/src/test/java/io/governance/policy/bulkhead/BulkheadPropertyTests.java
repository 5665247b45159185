// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.bulkhead;

import java.util.ArrayList;
import java.util.List;

import io.governance.policy.Decision;
import io.governance.policy.Permit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is asked of a bulkhead, and whatever becomes of its numbers, it does what a
 * list of calls and a list of those that wait would.
 */
class BulkheadPropertyTests {

	@Property(tries = 500)
	void doesWhatTwoListsWouldDo(@ForAll @IntRange(min = 1, max = 4) int calls, @ForAll @IntRange(max = 4) int waiting,
			@ForAll @Size(max = 120) List<@IntRange(max = 999) Integer> moves) {
		Lists lists = new Lists(calls, waiting);
		moves.forEach(lists::move);
		lists.endAll();
	}

	private static final class Lists {

		private final BulkheadTestBed bulkhead;

		private final List<Permit> underway = new ArrayList<>();

		private final List<Decision.Pending> queue = new ArrayList<>();

		private int calls;

		private int waiting;

		/** The number that a bulkhead takes when it is asked next. */
		private int nextCalls;

		Lists(int calls, int waiting) {
			this.bulkhead = new BulkheadTestBed(calls, waiting);
			this.calls = calls;
			this.nextCalls = calls;
			this.waiting = waiting;
		}

		void move(int move) {
			int choice = move / 10;
			switch (move % 10) {
				case 0, 1, 2, 3 -> ask();
				case 4, 5, 6 -> end(choice);
				case 7, 8 -> giveUp(choice);
				default -> change(1 + choice % 5, choice % 4);
			}
			assertThat(this.queue).noneMatch((pending) -> pending.stage().toCompletableFuture().isDone());
		}

		private void ask() {
			this.calls = this.nextCalls;
			List<Decision.Pending> first = served();
			boolean free = this.queue.isEmpty() && this.underway.size() + first.size() < this.calls;
			Decision decision = this.bulkhead.ask();
			take(first);
			if (free) {
				this.underway.add(((Decision.Admitted) decision).permit());
			}
			else if (this.queue.size() < this.waiting) {
				this.queue.add((Decision.Pending) decision);
			}
			else {
				assertThat(decision).isInstanceOf(Decision.Rejected.class);
			}
		}

		private void end(int choice) {
			if (!this.underway.isEmpty()) {
				this.underway.remove(choice % this.underway.size()).release(BulkheadTestBed.OK);
				take(served());
			}
		}

		private void giveUp(int choice) {
			if (!this.queue.isEmpty()) {
				this.queue.remove(choice % this.queue.size()).abandoned().run();
			}
		}

		private void change(int nextCalls, int nextWaiting) {
			this.nextCalls = nextCalls;
			this.waiting = nextWaiting;
			this.bulkhead.change(BulkheadTestBed.rule(nextCalls, nextWaiting));
		}

		/**
		 * Takes out those that now have room, oldest first.
		 */
		private List<Decision.Pending> served() {
			int room = Math.max(0, Math.min(this.queue.size(), this.calls - this.underway.size()));
			List<Decision.Pending> served = new ArrayList<>(this.queue.subList(0, room));
			this.queue.subList(0, room).clear();
			return served;
		}

		private void take(List<Decision.Pending> served) {
			for (Decision.Pending pending : served) {
				Decision decision = pending.stage().toCompletableFuture().getNow(null);
				this.underway.add(((Decision.Admitted) decision).permit());
			}
		}

		void endAll() {
			while (!this.underway.isEmpty()) {
				end(0);
			}
			assertThat(this.queue).isEmpty();
			change(this.nextCalls, 0);
			for (int i = 0; i < this.nextCalls; i++) {
				this.bulkhead.admit();
			}
			assertThat(this.bulkhead.ask()).isInstanceOf(Decision.Rejected.class);
		}

	}

}
