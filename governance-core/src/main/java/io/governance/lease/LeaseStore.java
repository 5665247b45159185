// SPDX-License-Identifier: Apache-2.0

package io.governance.lease;

import java.util.concurrent.CompletionStage;

/**
 * What lends permits to several processes. Its methods return at once; a stage that
 * fails, or is never completed, says that the store is away.
 */
public interface LeaseStore extends AutoCloseable {

	/**
	 * Connects if need be, tells the store that this process is alive, and counts those
	 * that are. May block while it connects.
	 * @return how many there are
	 */
	CompletionStage<LeaseBeat> beat();

	/**
	 * Asks for permits.
	 * @param request the request
	 * @param full whether a bucket that the store does not have is a full one; else it
	 * begins empty
	 * @return what it lends
	 */
	CompletionStage<LeaseGrant> lend(LeaseRequest request, boolean full);

	/**
	 * Says good-bye, and closes the connection.
	 */
	@Override
	void close();

}
