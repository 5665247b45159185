// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.clients;

import java.util.List;

import io.governance.test.conformance.Adapter;
import io.governance.test.contract.BalancedContract;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.web.client.NoOpResponseErrorHandler;

/**
 * The contract of balanced clients for {@code RestTemplateBuilder}.
 */
@Adapter("`RestTemplateBuilder`")
class BalancedRestTemplateBuilderIntegrationTests extends BalancedContract {

	@Override
	protected BalancedContract.Application start(List<String> properties) {
		return ClientsApplication.start(Application.class, properties,
				(context, service) -> SpringClients
					.restTemplate(context.getBean("balanced", RestTemplateBuilder.class).build(), "lb://" + service),
				(context, uri) -> SpringClients
					.restTemplate(context.getBean("plain", RestTemplateBuilder.class).build(), uri.toString()));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		@LoadBalanced
		RestTemplateBuilder balanced() {
			return new RestTemplateBuilder().requestFactoryBuilder(ClientHttpRequestFactoryBuilder.jdk())
				.errorHandler(new NoOpResponseErrorHandler());
		}

		@Bean
		RestTemplateBuilder plain() {
			return new RestTemplateBuilder();
		}

	}

}
