// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.sun.net.httpserver.HttpServer;
import io.governance.discovery.ScriptedSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientHttpServiceGroupConfigurer;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.registry.HttpServiceGroup.ClientType;
import org.springframework.web.service.registry.HttpServiceProxyRegistry;
import org.springframework.web.service.registry.ImportHttpServices;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the load-balancer hook in HTTP service groups.
 */
class HttpServiceGroupsIntegrationTests {

	private HttpServer server;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", (exchange) -> {
			byte[] body = exchange.getRequestURI().toString().getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@Test
	void groupsOfBothKindsTakeInstancesWhereverTheirBaseUrlIsSet() {
		int port = this.server.getAddress().getPort();
		new ApplicationContextRunner().withUserConfiguration(Application.class)
			.withBean(ScriptedSource.class, () -> new ScriptedSource().with(ScriptedSource.local("orders", "a", port)))
			.withPropertyValues("spring.cloud.loadbalancer.enabled=false",
					"spring.http.serviceclient.blocking.base-url=lb://orders/api",
					"spring.http.serviceclient.reactive.base-url=lb://orders/api",
					"spring.http.serviceclient.plain.base-url=http://127.0.0.1:" + port,
					"spring.http.serviceclient.plain-reactive.base-url=http://127.0.0.1:" + port)
			.run((context) -> {
				HttpServiceProxyRegistry clients = context.getBean(HttpServiceProxyRegistry.class);
				for (String group : List.of("blocking", "reactive", "configured", "configured-reactive", "made",
						"made-reactive")) {
					assertThat(clients.getClient(group, Who.class).who()).as(group).isEqualTo("/api/who");
				}
				for (String group : List.of("plain", "plain-reactive", "orders")) {
					assertThat(clients.getClient(group, Who.class).who()).as(group).isEqualTo("/who");
				}
				for (String group : List.of("declared", "declared-reactive")) {
					assertThat(clients.getClient(group, Declared.class).who()).as(group).isEqualTo("/api/who");
				}
			});
	}

	interface Who {

		@GetExchange("/who")
		String who();

	}

	@HttpExchange("lb://orders/api")
	interface Declared {

		@GetExchange("/who")
		String who();

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@ImportHttpServices(group = "blocking", types = Who.class)
	@ImportHttpServices(group = "reactive", types = Who.class, clientType = ClientType.WEB_CLIENT)
	@ImportHttpServices(group = "configured", types = Who.class)
	@ImportHttpServices(group = "configured-reactive", types = Who.class, clientType = ClientType.WEB_CLIENT)
	@ImportHttpServices(group = "made", types = Who.class)
	@ImportHttpServices(group = "made-reactive", types = Who.class, clientType = ClientType.WEB_CLIENT)
	@ImportHttpServices(group = "declared", types = Declared.class)
	@ImportHttpServices(group = "declared-reactive", types = Declared.class, clientType = ClientType.WEB_CLIENT)
	@ImportHttpServices(group = "plain", types = Who.class)
	@ImportHttpServices(group = "plain-reactive", types = Who.class, clientType = ClientType.WEB_CLIENT)
	@ImportHttpServices(group = "orders", types = Who.class)
	static class Application {

		@Bean
		RestClientHttpServiceGroupConfigurer configured() {
			return (groups) -> groups.filterByName("configured")
				.forEachClient((group, builder) -> builder.baseUrl("lb://orders/api"));
		}

		@Bean
		WebClientHttpServiceGroupConfigurer configuredReactive() {
			return (groups) -> groups.filterByName("configured-reactive")
				.forEachClient((group, builder) -> builder.baseUrl("lb://orders/api"));
		}

		@Bean
		MadeClients made() {
			return new MadeClients();
		}

		@Bean
		MadeReactiveClients madeReactive() {
			return new MadeReactiveClients();
		}

	}

	/**
	 * Builders of the application's own, which no customizer has seen.
	 */
	static final class MadeClients implements RestClientHttpServiceGroupConfigurer {

		@Override
		public void configureGroups(Groups<RestClient.Builder> groups) {
			groups.filterByName("made").forEachClient((group) -> RestClient.builder().baseUrl("lb://orders/api"));
		}

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE;
		}

	}

	/**
	 * As {@link MadeClients}.
	 */
	static final class MadeReactiveClients implements WebClientHttpServiceGroupConfigurer {

		@Override
		public void configureGroups(Groups<WebClient.Builder> groups) {
			groups.filterByName("made-reactive")
				.forEachClient((group) -> WebClient.builder().baseUrl("lb://orders/api"));
		}

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE;
		}

	}

}
