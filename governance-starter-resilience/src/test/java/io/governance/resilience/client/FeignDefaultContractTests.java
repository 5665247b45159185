// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import feign.Client;
import io.governance.test.conformance.Adapter;

/**
 * The contract for OpenFeign on the client that it has by default.
 */
@Adapter("OpenFeign on its own client")
class FeignDefaultContractTests extends FeignContract {

	@Override
	Client transport() {
		return new Client.Default(null, null);
	}

}
