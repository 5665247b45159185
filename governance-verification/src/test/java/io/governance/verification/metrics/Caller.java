// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.metrics;

import java.util.Locale;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * A service that calls others and looks away when that fails.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ Caller.Endpoint.class, Caller.Clients.class })
class Caller {

	private final RestClient restClient;

	private final RestTemplate restTemplate;

	private final WebClient webClient;

	Caller(RestClient.Builder restClient, RestTemplate restTemplate, WebClient.Builder webClient) {
		this.restClient = restClient.build();
		this.restTemplate = restTemplate;
		this.webClient = webClient.build();
	}

	void call(Kind kind, String service) {
		String url = "http://" + kind.service(service) + "/";
		try {
			switch (kind) {
				case REST_CLIENT -> this.restClient.get().uri(url).retrieve().toBodilessEntity();
				case REST_TEMPLATE -> this.restTemplate.getForEntity(url, String.class);
				case WEB_CLIENT -> this.webClient.get().uri(url).retrieve().toBodilessEntity().block();
			}
		}
		catch (RuntimeException ex) {
			// its report is what is looked at
		}
	}

	enum Kind {

		REST_CLIENT, REST_TEMPLATE, WEB_CLIENT;

		/**
		 * Each kind has services of its own, for each to find rules unused.
		 */
		String service(String service) {
			return service + "-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Clients {

		@Bean
		@LoadBalanced
		RestClient.Builder restClientBuilder() {
			return RestClient.builder().requestFactory(new JdkClientHttpRequestFactory());
		}

		@Bean
		@LoadBalanced
		RestTemplate restTemplate() {
			return new RestTemplate();
		}

		@Bean
		@LoadBalanced
		WebClient.Builder webClientBuilder() {
			return WebClient.builder();
		}

	}

	@RestController
	static class Endpoint {

		@GetMapping("/limited")
		String limited() {
			return "in time";
		}

	}

}
