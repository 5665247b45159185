// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.clients;

import java.util.List;

import io.governance.test.conformance.Adapter;
import io.governance.test.contract.SelectionClient;
import io.governance.test.contract.SelectionContract;

/**
 * An HTTP service group on {@code WebClient} chooses instances as every client does.
 */
@Adapter("HTTP service group on `WebClient`")
class SelectionWebClientGroupIntegrationTests extends SelectionContract {

	@Override
	protected SelectionClient client(List<String> properties) {
		return SelectingClient.start(new BalancedWebClientGroupIntegrationTests()::start, properties);
	}

}
