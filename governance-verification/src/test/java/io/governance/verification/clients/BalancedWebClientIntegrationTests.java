// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.clients;

import java.util.List;

import io.governance.test.conformance.Adapter;
import io.governance.test.contract.BalancedContract;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The contract of balanced clients for {@code WebClient}.
 */
@Adapter("`WebClient`")
class BalancedWebClientIntegrationTests extends BalancedContract {

	@Override
	protected BalancedContract.Application start(List<String> properties) {
		return ClientsApplication.start(Application.class, properties,
				(context, service) -> SpringClients
					.webClient(context.getBean("balanced", WebClient.Builder.class).build(), "http://" + service),
				(context, uri) -> SpringClients.webClient(context.getBean("plain", WebClient.Builder.class).build(),
						uri.toString()));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		@LoadBalanced
		WebClient.Builder balanced() {
			return WebClient.builder().codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(-1));
		}

		@Bean
		WebClient.Builder plain() {
			return WebClient.builder();
		}

	}

}
