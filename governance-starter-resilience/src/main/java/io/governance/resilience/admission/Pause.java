// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.io.InterruptedIOException;
import java.util.concurrent.locks.LockSupport;

import io.governance.time.TimeSource;

/**
 * Waits on the caller's thread.
 */
@FunctionalInterface
interface Pause {

	/**
	 * Waits.
	 * @param nanos how long, in nanoseconds
	 * @throws InterruptedIOException if the thread is interrupted; it stays so
	 */
	void await(long nanos) throws InterruptedIOException;

	static Pause parking(TimeSource time) {
		return (nanos) -> {
			long end = time.nanoTime() + nanos;
			for (long left = nanos; left > 0; left = end - time.nanoTime()) {
				if (Thread.currentThread().isInterrupted()) {
					throw new InterruptedIOException("interrupted while waiting for " + nanos / 1_000_000 + " ms");
				}
				LockSupport.parkNanos(left);
			}
		};
	}

}
