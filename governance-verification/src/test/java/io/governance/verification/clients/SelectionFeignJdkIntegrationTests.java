// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.clients;

import java.util.List;

import io.governance.test.conformance.Adapter;
import io.governance.test.contract.SelectionClient;
import io.governance.test.contract.SelectionContract;

/**
 * OpenFeign on the JDK's client chooses instances as every client does.
 */
@Adapter("OpenFeign on the JDK's client")
class SelectionFeignJdkIntegrationTests extends SelectionContract {

	@Override
	protected SelectionClient client(List<String> properties) {
		return SelectingClient.start(new BalancedFeignJdkIntegrationTests()::start, properties);
	}

}
