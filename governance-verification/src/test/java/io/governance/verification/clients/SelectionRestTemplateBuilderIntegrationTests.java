// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.clients;

import java.util.List;

import io.governance.test.conformance.Adapter;
import io.governance.test.contract.SelectionClient;
import io.governance.test.contract.SelectionContract;

/**
 * {@code RestTemplate}, made by its builder, chooses instances as every client does.
 */
@Adapter("`RestTemplateBuilder`")
class SelectionRestTemplateBuilderIntegrationTests extends SelectionContract {

	@Override
	protected SelectionClient client(List<String> properties) {
		return SelectingClient.start(new BalancedRestTemplateBuilderIntegrationTests()::start, properties);
	}

}
