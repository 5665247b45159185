// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.time.Duration;

import io.governance.test.conformance.Adapter;
import io.governance.test.contract.OutboundClient;
import io.governance.test.contract.OutboundContract;
import io.governance.test.contract.OutboundSetting;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientAdapter;

/**
 * The contract for HTTP service clients on {@code WebClient}.
 */
@Adapter("HTTP service client on `WebClient`")
class HttpServiceWebClientContractTests extends OutboundContract {

	@Override
	protected OutboundClient client(OutboundSetting setting) {
		WebClient client = ClientsUnderTest.webClient(setting)
			.mutate()
			.defaultStatusHandler(HttpStatusCode::isError, (response) -> Mono.empty())
			.build();
		WebClientAdapter adapter = WebClientAdapter.create(client);
		adapter.setBlockTimeout(Duration.ofSeconds(10));
		return HttpServicesUnderTest.client(adapter, true);
	}

}
