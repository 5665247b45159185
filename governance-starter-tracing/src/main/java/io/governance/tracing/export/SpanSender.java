// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

/**
 * A connection to a backend. Used by one thread.
 */
interface SpanSender extends AutoCloseable {

	/**
	 * Sends a message and waits until the backend has it, no longer than the timeout.
	 * @param message the message
	 * @return what the backend refused of it
	 * @throws SendException if the backend has not taken it
	 * @throws InterruptedException if the wait is interrupted; the request is given up
	 */
	PartialSuccess send(byte[] message) throws SendException, InterruptedException;

	@Override
	void close();

}
