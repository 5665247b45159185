// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.tracing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import feign.RequestInterceptor;
import io.governance.client.RequestFactoryStage;
import io.micrometer.tracing.Tracer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.ImportHttpServices;

import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A service that calls another through every client there is, and notes what each attempt
 * knows of the call it is made for.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableFeignClients(clients = CallingApplication.Declared.class)
@ImportHttpServices(group = "inventory", types = CallingApplication.Exchanged.class)
@Import(CallingApplication.Controller.class)
class CallingApplication {

	private final List<String> attempts = new CopyOnWriteArrayList<>();

	@Autowired
	private ObjectProvider<Tracer> tracer;

	@Bean
	static RecordedSpans recordedSpans() {
		return new RecordedSpans();
	}

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
		return WebClient.builder().filter((request, next) -> {
			noteAttempt();
			return next.exchange(request);
		});
	}

	@Bean
	RequestInterceptor feignInterceptor() {
		return (template) -> noteAttempt();
	}

	@Bean
	RequestFactoryStage notedAttempts() {
		return new NotedAttempts(this);
	}

	List<String> attempts() {
		List<String> seen = new ArrayList<>(this.attempts);
		this.attempts.clear();
		return seen;
	}

	String seen() {
		return KnownContext.here(this.tracer.getObject());
	}

	private void noteAttempt() {
		this.attempts.add(seen());
	}

	record NotedAttempts(CallingApplication application) implements RequestFactoryStage {

		@Override
		public int getOrder() {
			return TRANSPORT - 1;
		}

		@Override
		public ClientHttpRequestFactory wrap(ClientHttpRequestFactory next, boolean loadBalanced) {
			return (uri, method) -> {
				this.application.noteAttempt();
				return next.createRequest(uri, method);
			};
		}

	}

	@FeignClient(name = "declared", url = "${upstream}")
	interface Declared {

		@GetMapping("/")
		String get();

	}

	interface Exchanged {

		@GetExchange("/")
		String get();

	}

	@RestController
	static class Controller {

		private final CallingApplication application;

		private final RestClient restClient;

		private final RestTemplate restTemplate;

		private final WebClient webClient;

		private final Declared declared;

		private final Exchanged exchanged;

		Controller(CallingApplication application, RestClient.Builder restClient, RestTemplate restTemplate,
				WebClient.Builder webClient, Declared declared, Exchanged exchanged) {
			this.application = application;
			this.restClient = restClient.baseUrl("http://inventory").build();
			this.restTemplate = restTemplate;
			this.webClient = webClient.baseUrl("http://inventory").build();
			this.declared = declared;
			this.exchanged = exchanged;
		}

		@GetMapping("/rest-client")
		String restClient() {
			return call(() -> this.restClient.get().uri("/").retrieve().toBodilessEntity());
		}

		@GetMapping("/rest-template")
		String restTemplate() {
			return call(() -> this.restTemplate.getForObject("http://inventory/", String.class));
		}

		@GetMapping("/web-client")
		String webClient() {
			return call(() -> this.webClient.get().uri("/").retrieve().toBodilessEntity().block());
		}

		@GetMapping("/rest-client-to-nobody")
		void restClientToNobody() {
			assertThatException()
				.isThrownBy(() -> this.restClient.get().uri("http://nobody/").retrieve().toBodilessEntity());
		}

		@GetMapping("/web-client-to-nobody")
		void webClientToNobody() {
			assertThatException()
				.isThrownBy(() -> this.webClient.get().uri("http://nobody/").retrieve().toBodilessEntity().block());
		}

		@GetMapping("/feign")
		String feign() {
			return call(this.declared::get);
		}

		@GetMapping("/http-service")
		String httpService() {
			return call(this.exchanged::get);
		}

		private String call(Runnable client) {
			SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("alice", "secret"));
			try {
				client.run();
				return this.application.seen();
			}
			finally {
				SecurityContextHolder.clearContext();
			}
		}

	}

}
