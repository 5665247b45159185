// SPDX-License-Identifier: Apache-2.0

package io.governance.lease;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

import io.governance.time.TimeSource;

/**
 * What one instance has of a {@link SimulatedStore}: requests and answers go their way
 * when a test says so.
 */
public final class SimulatedLeases implements Leases {

	private final String instance;

	private final SimulatedStore store;

	private final TimeSource time;

	private final PriorityQueue<Ask> asks = new PriorityQueue<>(Comparator.comparingLong(Ask::due));

	private final List<Runnable> sent = new ArrayList<>();

	private volatile State state = State.UP;

	private volatile int instances;

	private volatile int expected = 1;

	private volatile boolean full = true;

	private volatile long answeringSince;

	private int outages;

	private boolean joined;

	public SimulatedLeases(String instance, int instances, SimulatedStore store, TimeSource time) {
		this.instance = instance;
		this.instances = instances;
		this.store = store;
		this.time = time;
	}

	public void state(State next) {
		this.outages += (next == State.DOWN && this.state != State.DOWN) ? 1 : 0;
		this.full = this.full && (next != State.DOWN || this.instances == 0);
		if (next == State.UP && this.state != State.UP) {
			this.answeringSince = this.time.nanoTime();
		}
		this.state = next;
	}

	public void instances(int next) {
		this.instances = next;
	}

	/**
	 * As a process begins: the store has never answered it.
	 * @param expectedInstances how many are taken to share it
	 */
	public void connecting(int expectedInstances) {
		this.state = State.CONNECTING;
		this.instances = 0;
		this.expected = expectedInstances;
	}

	/**
	 * Exchanges what is due with the store.
	 */
	public void exchange() {
		while (!this.asks.isEmpty() && this.asks.peek().due - this.time.nanoTime() <= 0) {
			LeaseHolder holder = this.asks.remove().holder;
			if (this.state == State.DOWN) {
				holder.failed();
			}
			else {
				holder.granted(lend(holder.request()));
			}
		}
	}

	/**
	 * Sends what is due; the answers come when they are {@link #answer awaited} no more.
	 */
	public void send() {
		while (!this.asks.isEmpty() && this.asks.peek().due - this.time.nanoTime() <= 0) {
			LeaseHolder holder = this.asks.remove().holder;
			LeaseRequest request = holder.request();
			this.sent.add(() -> holder.granted(lend(request)));
		}
	}

	/**
	 * Has the store answer what was sent.
	 */
	public void answer() {
		List.copyOf(this.sent).forEach(Runnable::run);
		this.sent.clear();
	}

	/**
	 * Has the next answer that is due get lost.
	 */
	public void loseAnswer() {
		if (!this.asks.isEmpty() && this.asks.peek().due - this.time.nanoTime() <= 0) {
			LeaseHolder holder = this.asks.remove().holder;
			lend(holder.request());
			holder.failed();
		}
	}

	private LeaseGrant lend(LeaseRequest request) {
		return this.store.lend(this.instance, request, this.full && !request.known());
	}

	public int asking() {
		return this.asks.size();
	}

	public boolean isJoined() {
		return this.joined;
	}

	@Override
	public void join() {
		this.joined = true;
	}

	@Override
	public State state() {
		return this.state;
	}

	@Override
	public int instances() {
		return this.instances;
	}

	@Override
	public int expectedInstances() {
		return this.expected;
	}

	@Override
	public long answeringSince() {
		return this.answeringSince;
	}

	@Override
	public int outages() {
		return this.outages;
	}

	@Override
	public void ask(LeaseHolder holder, long delayNanos) {
		this.asks.add(new Ask(holder, this.time.nanoTime() + delayNanos));
	}

	private record Ask(LeaseHolder holder, long due) {
	}

}
