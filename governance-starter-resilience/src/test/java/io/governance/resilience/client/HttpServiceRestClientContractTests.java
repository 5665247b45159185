// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import io.governance.test.conformance.Adapter;
import io.governance.test.contract.OutboundClient;
import io.governance.test.contract.OutboundContract;
import io.governance.test.contract.OutboundSetting;

import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;

/**
 * The contract for HTTP service clients on {@code RestClient}.
 */
@Adapter("HTTP service client on `RestClient`")
class HttpServiceRestClientContractTests extends OutboundContract {

	@Override
	protected OutboundClient client(OutboundSetting setting) {
		RestClient client = RestClient.builder()
			.requestFactory(ClientsUnderTest.staged(setting, new JdkClientHttpRequestFactory()))
			.defaultStatusHandler((status) -> true, (request, response) -> {
				// the contract looks at all answers
			})
			.build();
		return HttpServicesUnderTest.client(RestClientAdapter.create(client), false);
	}

}
