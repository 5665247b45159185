// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.clients;

import java.util.List;

import io.governance.test.contract.SelectionClient;
import io.governance.test.contract.SelectionContract;

/**
 * {@code RestTemplate} chooses instances as every client does.
 */
class SelectionRestTemplateIntegrationTests extends SelectionContract {

	@Override
	protected SelectionClient client(List<String> properties) {
		return SelectingClient.start(new BalancedRestTemplateIntegrationTests()::start, properties);
	}

	/**
	 * Does not apply: this client does not look at interrupts while it waits.
	 */
	@Override
	protected void callsThatTheCallerGivesUpDoNotCountAgainstTheInstance() {
	}

}
