// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.lease;

import io.governance.lease.LeaseBeat;
import io.governance.lease.Leases.State;
import io.governance.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the store answers, and how many share it. Says once when it goes and when it
 * comes. Thread-safe; read for every call.
 */
final class LeaseState {

	/** How long the first answer may take. */
	static final long CONNECT_NANOS = 3_000_000_000L;

	private static final Logger logger = LoggerFactory.getLogger(StoredLeases.class);

	private final TimeSource time;

	private volatile State state = State.CONNECTING;

	private volatile long since;

	private volatile int instances;

	private volatile int outages;

	private volatile String cause = "";

	private volatile boolean waiting;

	private volatile boolean forgetful;

	private volatile long forgotAt;

	private long born;

	LeaseState(TimeSource time) {
		this.time = time;
	}

	/**
	 * Begins to wait for the first answer.
	 */
	synchronized void connecting() {
		this.since = this.time.nanoTime();
		this.waiting = true;
	}

	State state() {
		State known = this.state;
		return (known == State.CONNECTING && this.waiting && this.time.nanoTime() - this.since >= CONNECT_NANOS)
				? givenUp() : known;
	}

	long since() {
		return this.since;
	}

	int instances() {
		return this.instances;
	}

	int outages() {
		return this.outages;
	}

	/**
	 * Why it is down; empty while it is not.
	 */
	String cause() {
		return this.cause;
	}

	/**
	 * Whether the store has forgotten everything within some time.
	 */
	boolean hasForgottenWithin(long nanos) {
		return this.forgetful && this.time.nanoTime() - this.forgotAt < nanos;
	}

	synchronized void up(LeaseBeat beat) {
		this.instances = Math.max(1, beat.instances());
		if (this.born != 0 && this.born != beat.born()) {
			this.forgotAt = this.time.nanoTime();
			this.forgetful = true;
		}
		this.born = beat.born();
		this.cause = "";
		if (this.state != State.UP) {
			this.since = this.time.nanoTime();
			this.state = State.UP;
			logger.info("lease-store=up instances={} effect=\"limits with scope cluster hold for all instances\"",
					this.instances);
		}
	}

	synchronized void down(String why) {
		this.cause = why;
		if (this.state != State.DOWN) {
			stop();
			warn();
		}
	}

	/**
	 * There is nobody any more who would ask.
	 */
	synchronized void stop() {
		// first: whoever sees that it is down finds the outage's number
		this.outages = this.outages + 1;
		this.state = State.DOWN;
	}

	private void warn() {
		logger.warn("lease-store=down instances={} effect=\"limits with scope cluster act by their on-store-failure\""
				+ " cause=\"{}\"", (this.instances > 0) ? this.instances : "unknown", this.cause);
	}

	/**
	 * The first answer does not come, and whoever asks for it may be blocked.
	 */
	private synchronized State givenUp() {
		if (this.state == State.CONNECTING) {
			down("no answer yet");
		}
		return this.state;
	}

}
