// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpServer;
import io.governance.discovery.ScriptedSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.HttpServiceGroup.ClientType;
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
	void groupsOfBothKindsTakeInstancesOfAnLbBaseUrlAndOthersAreLeftAlone() {
		int port = this.server.getAddress().getPort();
		new ApplicationContextRunner().withUserConfiguration(Application.class)
			.withBean(ScriptedSource.class, () -> new ScriptedSource().with(ScriptedSource.local("orders", "a", port)))
			.withPropertyValues("spring.cloud.loadbalancer.enabled=false",
					"spring.http.serviceclient.blocking.base-url=lb://orders/api",
					"spring.http.serviceclient.reactive.base-url=lb://orders/api",
					"spring.http.serviceclient.plain.base-url=http://127.0.0.1:" + port)
			.run((context) -> {
				assertThat(context.getBean(Blocking.class).who()).isEqualTo("/api/who");
				assertThat(context.getBean(Reactive.class).who()).isEqualTo("/api/who");
				assertThat(context.getBean(Plain.class).who()).isEqualTo("/who");
			});
	}

	interface Blocking {

		@GetExchange("/who")
		String who();

	}

	interface Reactive {

		@GetExchange("/who")
		String who();

	}

	interface Plain {

		@GetExchange("/who")
		String who();

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@ImportHttpServices(group = "blocking", types = Blocking.class)
	@ImportHttpServices(group = "reactive", types = Reactive.class, clientType = ClientType.WEB_CLIENT)
	@ImportHttpServices(group = "plain", types = Plain.class)
	static class Application {

	}

}
