// SPDX-License-Identifier: Apache-2.0

package io.governance.lease;

/**
 * Borrows permits. For each request it is told the outcome exactly once. Thread-safe.
 */
public interface LeaseHolder {

	/**
	 * Makes the request, at the last moment before it is sent.
	 * @return what is asked for
	 */
	LeaseRequest request();

	/**
	 * The store has answered.
	 * @param grant what it lends
	 */
	void granted(LeaseGrant grant);

	/**
	 * The store has not answered in time; if it lent something, that is lost.
	 */
	void failed();

}
