// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.lifecycle;

import java.util.Locale;

import io.governance.logging.LogText;
import io.governance.time.TimeSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Where this instance stands, from what the application says, what an operator wants and
 * how far its end has come: the end counts most, the application least. Says each change
 * once. Thread-safe.
 */
final class InstanceStates {

	private static final Log logger = LogFactory.getLog(InstanceLifecycle.class);

	private final TimeSource time;

	/** Guards what follows it, the status excepted, which anybody may read. */
	private final Object lock = new Object();

	private boolean ready;

	/** Why an operator took it out; {@code null} when none did. */
	private @Nullable String takenOut;

	private long turn;

	private @Nullable InstanceState departing;

	private volatile InstanceStatus status;

	InstanceStates(TimeSource time) {
		this.time = time;
		this.status = new InstanceStatus(InstanceState.NOT_READY, time.epochMillis(), null);
	}

	InstanceStatus status() {
		return this.status;
	}

	/**
	 * The application says whether it is ready.
	 * @return whether that must be contradicted
	 */
	boolean applicationIs(boolean isReady) {
		synchronized (this.lock) {
			this.ready = isReady;
			if (this.departing != null) {
				return false;
			}
			if (this.takenOut == null) {
				become(isReady ? InstanceState.IN_SERVICE : InstanceState.NOT_READY);
			}
			return isReady && this.takenOut != null;
		}
	}

	/**
	 * An operator takes it out.
	 * @return whether that changes anything: not when it is out already, or stops
	 */
	boolean takeOut(String reason) {
		synchronized (this.lock) {
			if (this.takenOut != null || this.departing != null) {
				return false;
			}
			this.takenOut = reason;
			this.turn++;
			become(InstanceState.LEAVING);
			return true;
		}
	}

	/** Callers have had the time to see what happened in a turn. */
	void seen(long own) {
		synchronized (this.lock) {
			if (isTurn(own)) {
				become(InstanceState.OUT_OF_SERVICE);
			}
		}
	}

	/** Whether the operator has not wanted anything else since. */
	boolean isTurn(long own) {
		synchronized (this.lock) {
			return this.takenOut != null && this.turn == own && this.departing == null;
		}
	}

	/** What the operator wants last; {@code null} on the way to the end. */
	@Nullable Wish wish() {
		synchronized (this.lock) {
			return (this.departing == null) ? new Wish(this.turn, this.takenOut) : null;
		}
	}

	/** Whether the application says that it is ready, and the operator wants it out. */
	boolean isContradicted() {
		synchronized (this.lock) {
			return this.ready && this.takenOut != null && this.departing == null;
		}
	}

	/**
	 * An operator puts it back.
	 * @return whether that changes anything
	 */
	boolean putBack() {
		synchronized (this.lock) {
			if (this.takenOut == null || this.departing != null) {
				return false;
			}
			this.takenOut = null;
			this.turn++;
			become(this.ready ? InstanceState.IN_SERVICE : InstanceState.NOT_READY);
			return true;
		}
	}

	/**
	 * The end has come so far.
	 * @return whether others believed until now that it is ready
	 */
	boolean depart(InstanceState state) {
		synchronized (this.lock) {
			this.departing = state;
			become(state);
			return this.ready && this.takenOut == null;
		}
	}

	/** The end was none. */
	void comeBack() {
		synchronized (this.lock) {
			this.departing = null;
			this.turn++;
			become((this.takenOut != null) ? InstanceState.OUT_OF_SERVICE
					: this.ready ? InstanceState.IN_SERVICE : InstanceState.NOT_READY);
		}
	}

	private void become(InstanceState state) {
		if (state != this.status.state()) {
			String reason = (this.departing == null) ? this.takenOut : null;
			this.status = new InstanceStatus(state, this.time.epochMillis(), reason);
			logger.info("instance=" + state.name().toLowerCase(Locale.ROOT).replace('_', '-')
					+ ((reason != null) ? " reason=\"" + LogText.of(reason) + "\"" : ""));
		}
	}

	/**
	 * What an operator wants.
	 *
	 * @param turn grows with each change
	 * @param takenOut why it should be out of service; {@code null} when it should not
	 */
	record Wish(long turn, @Nullable String takenOut) {
	}

}
