// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.clients;

import java.util.List;

import io.governance.test.conformance.Adapter;
import io.governance.test.conformance.NotApplicable;
import io.governance.test.contract.SelectionClient;
import io.governance.test.contract.SelectionContract;

/**
 * OpenFeign on its own client chooses instances as every client does.
 */
@Adapter("OpenFeign on its own client")
class SelectionFeignDefaultIntegrationTests extends SelectionContract {

	@Override
	protected SelectionClient client(List<String> properties) {
		return SelectingClient.start(new BalancedFeignDefaultIntegrationTests()::start, properties);
	}

	@Override
	@NotApplicable("This client does not look at interrupts while it waits for an answer; the call ends with its time.")
	protected void callsThatTheCallerGivesUpDoNotCountAgainstTheInstance() {
	}

}
