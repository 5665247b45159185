// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

/**
 * A group of scenarios for clients.
 */
interface OutboundScenarios {

	/**
	 * What this test works with.
	 */
	OutboundFixture fixture();

}
