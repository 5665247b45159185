// SPDX-License-Identifier: Apache-2.0

package io.governance.selection;

import java.util.concurrent.atomic.AtomicBoolean;

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

	private final Runnable onRelease;

	private final AtomicBoolean released = new AtomicBoolean();

	/**
	 * Creates a copy.
	 * @param service the service that gets it
	 * @param destination the instances that may get it
	 * @param maxBodyBytes the largest body that is copied, in bytes; calls with a larger
	 * one are not copied
	 * @param onRelease gives its place back
	 */
	public Copy(String service, Destination destination, long maxBodyBytes, Runnable onRelease) {
		this.service = service;
		this.destination = destination;
		this.maxBodyBytes = maxBodyBytes;
		this.onRelease = onRelease;
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
		if (this.released.compareAndSet(false, true)) {
			this.onRelease.run();
		}
	}

}
