// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.connections;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.governance.test.connection.ClosingServer;
import io.governance.test.connection.ClosingServer.Manner;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.registry.HttpServiceGroup.ClientType;
import org.springframework.web.service.registry.ImportHttpServices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A server that closes a kept connection just as it is used again costs no call that may
 * be made again, and none is made twice that may not.
 */
class KeepAliveRaceIntegrationTests {

	private static final List<String> CLIENTS = List.of("apache", "jdk", "simple", "template", "webClient",
			"webClientGroup");

	static Stream<Arguments> clientsAndManners() {
		return CLIENTS.stream()
			.flatMap((client) -> Stream.of(Manner.values()).map((manner) -> Arguments.of(client, manner)));
	}

	static Stream<Arguments> clientsAndRaces() {
		return clientsAndManners().filter((arguments) -> arguments.get()[1] != Manner.FIN_WHILE_IDLE);
	}

	static List<String> clients() {
		return CLIENTS;
	}

	@ParameterizedTest
	@MethodSource("clientsAndManners")
	void readingCostsNoFailedCall(String client, Manner manner) throws Exception {
		withServer(manner, (caller, server) -> {
			for (int i = 0; i < 4; i++) {
				assertThat(caller.call(client, HttpMethod.GET, false)).isEqualTo("ok");
				server.awaitClosed();
			}
		});
	}

	@ParameterizedTest
	@MethodSource("clients")
	void aPostAfterTheConnectionWasClosedCostsNoFailedCall(String client) throws Exception {
		withServer(Manner.FIN_WHILE_IDLE, (caller, server) -> {
			for (int i = 0; i < 4; i++) {
				assertThat(caller.call(client, HttpMethod.POST, false)).isEqualTo("ok");
				server.awaitClosed();
			}
			assertThat(server.requests()).hasSize(4);
		});
	}

	@ParameterizedTest
	@MethodSource("clientsAndRaces")
	void aPostThatMayHaveBeenProcessedIsNotMadeTwice(String client, Manner manner) throws Exception {
		withServer(manner, (caller, server) -> {
			assertThat(caller.call(client, HttpMethod.POST, false)).isEqualTo("ok");
			assertThatException().isThrownBy(() -> caller.call(client, HttpMethod.POST, false));
			assertThat(server.requests()).hasSize(2);
		});
	}

	@ParameterizedTest
	@MethodSource("clientsAndRaces")
	void aPostWithAnIdempotencyKeyCostsNoFailedCall(String client, Manner manner) throws Exception {
		withServer(manner, (caller, server) -> {
			for (int i = 0; i < 4; i++) {
				assertThat(caller.call(client, HttpMethod.POST, true)).isEqualTo("ok");
			}
		});
	}

	private static void withServer(Manner manner, Scenario scenario) throws Exception {
		try (ClosingServer server = new ClosingServer(manner);
				ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
					.web(WebApplicationType.NONE)
					.run("--spring.application.name=storefront", "--spring.main.banner-mode=off",
							"--spring.cloud.consul.enabled=false",
							// who has not got its connection back yet
							// would take another one
							"--governance.discovery.connection.pool-size=1",
							"--spring.cloud.discovery.client.simple.instances.orders[0].uri=" + server.uri())) {
			scenario.run(new Caller(context), server);
		}
	}

	/** What happens between a caller and a server. */
	private interface Scenario {

		void run(Caller caller, ClosingServer server) throws Exception;

	}

	/** Calls the service in all ways. */
	private record Caller(ConfigurableApplicationContext context) {

		String call(String client, HttpMethod method, boolean withKey) {
			String body = (method == HttpMethod.POST) ? "{\"count\":1}" : "";
			HttpHeaders headers = new HttpHeaders();
			if (withKey) {
				headers.set("Idempotency-Key", "4711");
			}
			if (client.equals("webClientGroup")) {
				return this.context.getBean(Items.class)
					.send(method, headers.toSingleValueMap(), body.isEmpty() ? null : body);
			}
			if (client.equals("webClient")) {
				WebClient.RequestBodySpec request = this.context.getBean(WebClient.Builder.class)
					.build()
					.method(method)
					.uri("http://orders/items")
					.headers((all) -> all.putAll(headers));
				return String.valueOf((body.isEmpty() ? request : request.bodyValue(body)).retrieve()
					.bodyToMono(String.class)
					.block(Duration.ofSeconds(20)));
			}
			if (client.equals("template")) {
				return String.valueOf(this.context.getBean(RestTemplate.class)
					.exchange("http://orders/items", method, new HttpEntity<>(body.isEmpty() ? null : body, headers),
							String.class)
					.getBody());
			}
			RestClient.RequestBodySpec request = this.context.getBean(client, RestClient.class)
				.method(method)
				.uri("http://orders/items")
				.headers((all) -> all.putAll(headers));
			if (!body.isEmpty()) {
				request.body(body);
			}
			return String.valueOf(request.retrieve().body(String.class));
		}

	}

	/** The same calls, declared. */
	@HttpExchange("lb://orders")
	interface Items {

		@HttpExchange(url = "/items")
		String send(HttpMethod method, @RequestHeader Map<String, String> headers,
				@Nullable @RequestBody(required = false) String body);

	}

	@SpringBootConfiguration
	@ImportHttpServices(group = "orders-group", types = Items.class, clientType = ClientType.WEB_CLIENT)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		@LoadBalanced
		RestClient.Builder apacheBuilder() {
			return RestClient.builder()
				.requestFactory(new HttpComponentsClientHttpRequestFactory(HttpClients.createSystem()));
		}

		@Bean
		@LoadBalanced
		RestClient.Builder jdkBuilder() {
			return RestClient.builder().requestFactory(new JdkClientHttpRequestFactory());
		}

		@Bean
		@LoadBalanced
		RestClient.Builder simpleBuilder() {
			return RestClient.builder().requestFactory(new SimpleClientHttpRequestFactory());
		}

		@Bean
		RestClient apache(RestClient.Builder apacheBuilder) {
			return apacheBuilder.build();
		}

		@Bean
		RestClient jdk(RestClient.Builder jdkBuilder) {
			return jdkBuilder.build();
		}

		@Bean
		RestClient simple(RestClient.Builder simpleBuilder) {
			return simpleBuilder.build();
		}

		@Bean
		@LoadBalanced
		RestTemplate template() {
			return new RestTemplate(new JdkClientHttpRequestFactory());
		}

		@Bean
		@LoadBalanced
		WebClient.Builder webClient() {
			return WebClient.builder();
		}

	}

}
