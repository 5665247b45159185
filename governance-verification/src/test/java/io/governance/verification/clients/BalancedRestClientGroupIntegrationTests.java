// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.clients;

import java.util.List;

import io.governance.test.conformance.Adapter;
import io.governance.test.contract.BalancedContract;
import io.governance.verification.clients.HttpServiceClients.Exchanged;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.registry.ImportHttpServices;

/**
 * The contract of balanced clients for HTTP service groups on {@code RestClient}.
 */
@Adapter("HTTP service group on `RestClient`")
class BalancedRestClientGroupIntegrationTests extends BalancedContract {

	@Override
	protected BalancedContract.Application start(List<String> properties) {
		return ClientsApplication.start(Application.class, properties,
				(context, service) -> HttpServiceClients.client(context.getBean(Exchanged.class), "lb://" + service,
						false),
				(context, uri) -> HttpServiceClients.client(context.getBean(Exchanged.class), uri.toString(), false));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@ImportHttpServices(group = "services", types = Exchanged.class)
	static class Application {

		@Bean
		RestClientHttpServiceGroupConfigurer groups() {
			return (groups) -> groups
				.forEachClient((group, builder) -> builder.requestFactory(new JdkClientHttpRequestFactory())
					.defaultStatusHandler((status) -> true, (request, response) -> {
						// the contract looks at all answers
					}));
		}

	}

}
