// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.admission;

import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits on the caller's thread. Thread-safe.
 */
@FunctionalInterface
public interface Pause {

	/**
	 * Waits.
	 * @param nanos how long, in nanoseconds
	 * @throws InterruptedIOException if the thread is interrupted; it stays so
	 */
	void await(long nanos) throws InterruptedIOException;

	/**
	 * A pause that holds the thread.
	 * @return the pause
	 */
	static Pause holding() {
		return (nanos) -> {
			try {
				// nobody counts down: the latch waits for just the time, whatever wakes
				// it
				new CountDownLatch(1).await(nanos, TimeUnit.NANOSECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				InterruptedIOException interrupted = new InterruptedIOException(
						"interrupted while waiting for " + nanos / 1_000_000 + " ms");
				interrupted.initCause(ex);
				throw interrupted;
			}
		};
	}

}
