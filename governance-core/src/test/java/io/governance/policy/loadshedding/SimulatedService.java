// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.loadshedding;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

import io.governance.policy.Permit;
import org.jspecify.annotations.Nullable;

/**
 * A service of 200 threads that works on a few calls at a time, 100 ms each, and has the
 * others wait in line, and those behind them for a thread; nobody is asked about a call
 * before it has one. The CPU is as busy as its workers are. Calls come evenly and do not
 * wait for each other. Nothing in it is left to chance.
 */
final class SimulatedService {

	private static final long STEP_NANOS = 500_000;

	private static final long WORK_NANOS = 100_000_000;

	private static final long SAMPLE_NANOS = 250_000_000;

	private static final long SECOND = 1_000_000_000;

	private static final int THREADS = 200;

	final List<Double> latencies = new ArrayList<>();

	private final @Nullable SheddingTestBed shedder;

	private final Deque<Long> arrived = new ArrayDeque<>();

	private final Deque<Waiting> line = new ArrayDeque<>();

	private final Deque<Working> working = new ArrayDeque<>();

	private int workers;

	private long now;

	private long busyNanos;

	private double due;

	private double told = -1;

	/**
	 * Creates it.
	 * @param workers how many calls it works on at a time
	 * @param shedder decides on calls; {@code null} for nobody
	 */
	SimulatedService(int workers, @Nullable SheddingTestBed shedder) {
		this.workers = workers;
		this.shedder = shedder;
	}

	/** Has the CPU be as busy as that, whatever is done. */
	void cpu(double load) {
		this.told = load;
	}

	void workers(int count) {
		this.workers = count;
	}

	/** Has calls come for a while, and measures anew. */
	void run(double perSecond, int seconds) {
		this.latencies.clear();
		for (long end = this.now + seconds * SECOND; this.now < end;) {
			this.now += STEP_NANOS;
			finish();
			this.due += perSecond * STEP_NANOS / SECOND;
			for (; this.due >= 1; this.due--) {
				this.arrived.add(this.now);
			}
			while (!this.arrived.isEmpty() && this.line.size() + this.working.size() < THREADS) {
				ask(this.arrived.remove());
			}
			begin();
			sample();
		}
	}

	private void ask(long since) {
		if (this.shedder == null) {
			this.line.add(new Waiting(since, this.now, Permit.NONE));
		}
		else if (this.shedder.begin()) {
			this.line.add(new Waiting(since, this.now, this.shedder.inFlight.removeLast()));
		}
	}

	private void begin() {
		while (!this.line.isEmpty() && this.working.size() < this.workers) {
			this.working.add(new Working(this.now + WORK_NANOS, this.line.remove()));
		}
	}

	private void finish() {
		if (this.shedder != null) {
			this.shedder.time.advanceNanos(STEP_NANOS);
		}
		while (!this.working.isEmpty() && this.working.element().end() <= this.now) {
			Waiting call = this.working.remove().call();
			this.latencies.add((this.now - call.since()) / 1e6);
			call.permit().release(SheddingTestBed.answered(200, (this.now - call.begun()) / 1_000_000));
		}
	}

	private void sample() {
		this.busyNanos += STEP_NANOS * Math.min(this.working.size(), this.workers);
		if (this.shedder != null && this.now % SAMPLE_NANOS == 0) {
			double load = (double) this.busyNanos / SAMPLE_NANOS / this.workers;
			this.shedder.cpu = (this.told >= 0) ? this.told : this.shedder.cpu * 0.95 + load * 0.05;
			this.busyNanos = 0;
		}
	}

	/** The time that all but one of a hundred calls took at most. */
	double p99() {
		List<Double> sorted = new ArrayList<>(this.latencies);
		Collections.sort(sorted);
		return sorted.isEmpty() ? 0 : sorted.get(sorted.size() * 99 / 100);
	}

	private record Waiting(long since, long begun, Permit permit) {
	}

	private record Working(long end, Waiting call) {
	}

}
