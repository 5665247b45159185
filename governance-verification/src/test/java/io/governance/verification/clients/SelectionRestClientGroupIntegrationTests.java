// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.clients;

import java.util.List;

import io.governance.test.conformance.Adapter;
import io.governance.test.contract.SelectionClient;
import io.governance.test.contract.SelectionContract;

/**
 * An HTTP service group on {@code RestClient} chooses instances as every client does.
 */
@Adapter("HTTP service group on `RestClient`")
class SelectionRestClientGroupIntegrationTests extends SelectionContract {

	@Override
	protected SelectionClient client(List<String> properties) {
		return SelectingClient.start(new BalancedRestClientGroupIntegrationTests()::start, properties);
	}

}
