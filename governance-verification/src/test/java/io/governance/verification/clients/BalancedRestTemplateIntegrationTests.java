// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.clients;

import java.util.List;

import io.governance.test.conformance.Adapter;
import io.governance.test.conformance.NotApplicable;
import io.governance.test.contract.BalancedContract;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.NoOpResponseErrorHandler;
import org.springframework.web.client.RestTemplate;

/**
 * The contract of balanced clients for a {@code RestTemplate} that is made by hand.
 */
@Adapter("`RestTemplate`, made by hand")
class BalancedRestTemplateIntegrationTests extends BalancedContract {

	@Override
	protected BalancedContract.Application start(List<String> properties) {
		return ClientsApplication.start(Application.class, properties,
				(context, service) -> SpringClients.restTemplate(context.getBean("balanced", RestTemplate.class),
						"http://" + service),
				(context, uri) -> SpringClients.restTemplate(context.getBean("plain", RestTemplate.class),
						uri.toString()));
	}

	@Override
	@NotApplicable("This client does not look at interrupts while it waits for an answer; the call ends with its time.")
	protected void aCallThatIsGivenUpEndsAtOnce() {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		@LoadBalanced
		RestTemplate balanced() {
			RestTemplate template = new RestTemplate();
			template.setErrorHandler(new NoOpResponseErrorHandler());
			return template;
		}

		@Bean
		RestTemplate plain() {
			return new RestTemplate();
		}

	}

}
