// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.time.Duration;
import java.util.Map;

/**
 * A load-balanced client under test, in an application of its own.
 */
public interface SelectionClient extends AutoCloseable {

	/**
	 * How long the client waits for an answer, at most.
	 */
	Duration TIMEOUT = Duration.ofSeconds(1);

	/**
	 * Calls {@code GET http://inventory/} and reads the answer.
	 * @param headers headers of the request
	 * @param labels labels that the call has
	 * @return the answer. A call that was rejected on this side is answered with the
	 * status of its reason, one that failed with 502
	 */
	OutboundClient.Answer get(Map<String, String> headers, Map<String, String> labels);

	/**
	 * Makes a call, and gives it up when it is under way.
	 * @param underWay waits until a server has the request
	 */
	void giveUp(Runnable underWay);

	@Override
	void close();

}
