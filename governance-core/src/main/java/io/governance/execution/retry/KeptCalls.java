// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.retry;

/**
 * How many calls of a rule are kept, and how large they are. Thread-safe.
 */
final class KeptCalls {

	private int calls;

	private long bytes;

	synchronized boolean enter(long size, FailbackTerms terms) {
		if (this.calls >= terms.maxCalls() || this.bytes + size > terms.maxBytes()) {
			return false;
		}
		this.calls++;
		this.bytes += size;
		return true;
	}

	synchronized void leave(long size) {
		this.calls--;
		this.bytes -= size;
	}

	synchronized String state(FailbackTerms terms) {
		return "failback=" + this.calls + "/" + terms.maxCalls() + " bytes=" + this.bytes + "/" + terms.maxBytes();
	}

}
