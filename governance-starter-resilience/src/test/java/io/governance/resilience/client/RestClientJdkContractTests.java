// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import io.governance.test.conformance.Adapter;
import io.governance.test.contract.OutboundClient;
import io.governance.test.contract.OutboundContract;
import io.governance.test.contract.OutboundSetting;

import org.springframework.http.client.JdkClientHttpRequestFactory;

/**
 * The contract for {@code RestClient} on the JDK's client.
 */
@Adapter("`RestClient` on the JDK's client")
class RestClientJdkContractTests extends OutboundContract {

	@Override
	protected OutboundClient client(OutboundSetting setting) {
		return ClientsUnderTest.restClient(setting, new JdkClientHttpRequestFactory());
	}

}
