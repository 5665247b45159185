// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.clients;

import java.util.List;

import io.governance.test.contract.SelectionClient;
import io.governance.test.contract.SelectionContract;

/**
 * OpenFeign on Apache's client chooses instances as every client does.
 */
class SelectionFeignApacheIntegrationTests extends SelectionContract {

	@Override
	protected SelectionClient client(List<String> properties) {
		return SelectingClient.start(new BalancedFeignApacheIntegrationTests()::start, properties);
	}

	/**
	 * Does not apply: this client does not look at interrupts while it waits.
	 */
	@Override
	protected void callsThatTheCallerGivesUpDoNotCountAgainstTheInstance() {
	}

}
