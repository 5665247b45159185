// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.clients;

import java.util.List;

import io.governance.test.conformance.Adapter;
import io.governance.test.contract.BalancedContract;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * The contract of balanced clients for {@code RestClient}.
 */
@Adapter("`RestClient`")
class BalancedRestClientIntegrationTests extends BalancedContract {

	@Override
	protected BalancedContract.Application start(List<String> properties) {
		return ClientsApplication.start(Application.class, properties,
				(context, service) -> SpringClients
					.restClient(context.getBean("balanced", RestClient.Builder.class).build(), "http://" + service),
				(context, uri) -> SpringClients.restClient(context.getBean("plain", RestClient.Builder.class).build(),
						uri.toString()));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		@LoadBalanced
		RestClient.Builder balanced() {
			return RestClient.builder().requestFactory(new JdkClientHttpRequestFactory());
		}

		@Bean
		RestClient.Builder plain() {
			return RestClient.builder().requestFactory(new JdkClientHttpRequestFactory());
		}

	}

}
