// SPDX-License-Identifier: Apache-2.0

package io.governance.context;

/**
 * Notes for an inbound call that a call made on its behalf failed in spite of its
 * retries: if it fails for that, its caller is told not to try again. Thread-safe.
 */
public final class RetryNote {

	private volatile boolean written;

	/**
	 * Notes it.
	 */
	public void write() {
		this.written = true;
	}

	/**
	 * What the caller is told with an answer.
	 * @param status the HTTP status of the answer
	 * @return whether it bears {@link GovernanceHeaders#RETRIED}
	 */
	public boolean concerns(int status) {
		return this.written && status >= 400;
	}

}
