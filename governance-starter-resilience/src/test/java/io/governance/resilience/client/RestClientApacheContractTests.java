// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import io.governance.test.conformance.Adapter;
import io.governance.test.contract.OutboundClient;
import io.governance.test.contract.OutboundContract;
import io.governance.test.contract.OutboundSetting;
import org.apache.hc.client5.http.impl.classic.HttpClients;

import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

/**
 * The contract for {@code RestClient} on Apache's client, as Spring Boot builds it.
 */
@Adapter("`RestClient` on Apache's client")
class RestClientApacheContractTests extends OutboundContract {

	@Override
	protected OutboundClient client(OutboundSetting setting) {
		return ClientsUnderTest.restClient(setting, new HttpComponentsClientHttpRequestFactory(
				HttpClients.custom().useSystemProperties().setRetryStrategy(new GovernedRetryStrategy()).build()));
	}

}
