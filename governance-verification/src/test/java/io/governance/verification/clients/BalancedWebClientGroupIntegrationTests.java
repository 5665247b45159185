// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.clients;

import java.util.List;

import io.governance.test.conformance.Adapter;
import io.governance.test.contract.BalancedContract;
import io.governance.verification.clients.HttpServiceClients.Exchanged;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.support.WebClientHttpServiceGroupConfigurer;
import org.springframework.web.service.registry.HttpServiceGroup.ClientType;
import org.springframework.web.service.registry.ImportHttpServices;
import reactor.core.publisher.Mono;

/**
 * The contract of balanced clients for HTTP service groups on {@code WebClient}.
 */
@Adapter("HTTP service group on `WebClient`")
class BalancedWebClientGroupIntegrationTests extends BalancedContract {

	@Override
	protected BalancedContract.Application start(List<String> properties) {
		return ClientsApplication.start(Application.class, properties,
				(context, service) -> HttpServiceClients.client(context.getBean(Exchanged.class), "lb://" + service,
						true),
				(context, uri) -> HttpServiceClients.client(context.getBean(Exchanged.class), uri.toString(), true));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@ImportHttpServices(group = "services", types = Exchanged.class, clientType = ClientType.WEB_CLIENT)
	static class Application {

		@Bean
		WebClientHttpServiceGroupConfigurer groups() {
			return (groups) -> groups.forEachClient(
					(group, builder) -> builder.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(-1))
						.defaultStatusHandler(HttpStatusCode::isError, (response) -> Mono.empty()));
		}

	}

}
