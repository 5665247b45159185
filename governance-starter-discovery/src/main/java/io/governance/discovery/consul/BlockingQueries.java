// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;

import io.governance.time.TimeSource;

/**
 * What all watches of a process share: the connections, the thread, and the number of
 * queries that may wait at the agent at once. An agent resets the 201st connection of a
 * client address, and other processes of the host need theirs; a watch that finds no
 * place asks without waiting, again and again, until there is one.
 */
final class BlockingQueries {

	static final int MAXIMUM = 32;

	static final Duration POLL = Duration.ofSeconds(1);

	private static final Duration ANSWER_TIME = Duration.ofSeconds(5);

	private final ConsulClient client;

	private final ScheduledExecutorService scheduler;

	private final Duration wait;

	private final TimeSource time;

	private final Semaphore places = new Semaphore(MAXIMUM);

	BlockingQueries(ConsulClient client, ScheduledExecutorService scheduler, Duration wait, TimeSource time) {
		this.client = client;
		this.scheduler = scheduler;
		this.wait = wait;
		this.time = time;
	}

	ConsulClient client() {
		return this.client;
	}

	ScheduledExecutorService scheduler() {
		return this.scheduler;
	}

	WatchPace newPace() {
		return new WatchPace(this.time);
	}

	boolean takePlace() {
		return this.places.tryAcquire();
	}

	void leavePlace() {
		this.places.release();
	}

	/** Consul adds up to a sixteenth to the wait. */
	Duration timeout(boolean waiting) {
		return waiting ? this.wait.multipliedBy(17).dividedBy(16).plus(ANSWER_TIME) : ANSWER_TIME;
	}

	String parameters(long index) {
		return "index=" + index + "&wait=" + this.wait.toMillis() + "ms";
	}

}
