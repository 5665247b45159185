// SPDX-License-Identifier: Apache-2.0

package io.governance.selection;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A copy of a call that is to be sent, its answer ignored. Holds a place among those in
 * flight until it is released. Thread-safe.
 */
public final class Copy {

	/**
	 * The request header that marks a copy. A call that has it is never copied.
	 */
	public static final String HEADER = "x-governance-mirror";

	private final String service;

	private final Destination destination;

	private final long maxBodyBytes;

	private final Consumer<@Nullable Loss> onEnd;

	private final AtomicBoolean released = new AtomicBoolean();

	/**
	 * Creates a copy.
	 * @param service the service that gets it
	 * @param destination the instances that may get it
	 * @param maxBodyBytes the largest body that is copied, in bytes; calls with a larger
	 * one are not copied
	 * @param onEnd gives its place back, and is told why it was lost if it was
	 */
	public Copy(String service, Destination destination, long maxBodyBytes, Consumer<@Nullable Loss> onEnd) {
		this.service = service;
		this.destination = destination;
		this.maxBodyBytes = maxBodyBytes;
		this.onEnd = onEnd;
	}

	/**
	 * The service that gets it.
	 * @return its name
	 */
	public String service() {
		return this.service;
	}

	/**
	 * The instances that may get it.
	 * @return the destination
	 */
	public Destination destination() {
		return this.destination;
	}

	/**
	 * The largest body that is copied.
	 * @return bytes
	 */
	public long maxBodyBytes() {
		return this.maxBodyBytes;
	}

	/**
	 * Gives its place back, however it ended, also when it was never sent. Further calls
	 * do nothing.
	 */
	public void release() {
		end(null);
	}

	/**
	 * Gives its place back, since it could not be sent or was not answered. Does nothing
	 * where that was done before.
	 * @param loss why
	 */
	public void lost(Loss loss) {
		end(loss);
	}

	private void end(@Nullable Loss loss) {
		if (this.released.compareAndSet(false, true)) {
			this.onEnd.accept(loss);
		}
	}

	/** Why a copy was lost. */
	public enum Loss {

		/** The body of the call is larger than may be copied. */
		TOO_LARGE("too-large"),

		/** The call broke off before its body was whole. */
		UNFINISHED("unfinished"),

		/** There is no instance that may get it. */
		NO_INSTANCE("no-instance"),

		/** It could not be sent, or was not answered in time. */
		FAILED("failed");

		private final String event;

		Loss(String event) {
			this.event = event;
		}

		/**
		 * How the loss is counted.
		 * @return the name of the event
		 */
		public String event() {
			return this.event;
		}

	}

}
