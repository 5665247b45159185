// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.util.concurrent.CompletableFuture;

/**
 * Holds up a streamed answer between its first and its last part. Thread-safe.
 */
public final class StreamGate {

	private volatile CompletableFuture<String> opened = new CompletableFuture<>();

	/**
	 * Closes the gate for streams to come.
	 */
	public void shut() {
		this.opened = new CompletableFuture<>();
	}

	/**
	 * Opens the gate.
	 */
	public void open() {
		this.opened.complete("open");
	}

	/**
	 * What a stream waits for.
	 * @return completes when the gate is opened
	 */
	public CompletableFuture<String> opened() {
		return this.opened;
	}

}
