// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.ByteArrayInputStream;
import java.net.URI;

import io.governance.test.conformance.Adapter;
import io.governance.test.contract.OutboundClient;
import io.governance.test.contract.OutboundContract;
import io.governance.test.contract.OutboundSetting;

import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.NoOpResponseErrorHandler;
import org.springframework.web.client.RestTemplate;

/**
 * The contract for {@code RestTemplate} on the client that it has by default.
 */
@Adapter("`RestTemplate` on the client that it has by default")
class RestTemplateSimpleContractTests extends OutboundContract {

	@Override
	protected OutboundClient client(OutboundSetting setting) {
		RestTemplate template = new RestTemplate(
				ClientsUnderTest.staged(setting, new SimpleClientHttpRequestFactory()));
		template.setErrorHandler(new NoOpResponseErrorHandler());
		return (request) -> {
			HttpHeaders headers = new HttpHeaders();
			request.headers().forEach(headers::set);
			Object body = (request.body() != null && request.oneShot())
					? new InputStreamResource(new ByteArrayInputStream(request.body())) : request.body();
			var callback = template.httpEntityCallback(new HttpEntity<>(body, headers), byte[].class);
			return template.execute(URI.create("http://inventory" + request.path()),
					HttpMethod.valueOf(request.method()), callback, ClientsUnderTest::answer);
		};
	}

}
