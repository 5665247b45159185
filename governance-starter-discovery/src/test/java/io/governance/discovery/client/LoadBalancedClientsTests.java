// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.context.Attempts;
import io.governance.discovery.ScriptedSource;
import io.governance.discovery.autoconfigure.GovernanceDiscoveryAutoConfiguration;
import io.governance.discovery.autoconfigure.GovernanceLoadBalancerAutoConfiguration;
import io.governance.policy.CallRejectedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.ReactorClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the load-balancer hook in each kind of client.
 */
class LoadBalancedClientsTests {

	private static final Duration SOON = Duration.ofSeconds(5);

	private final CountDownLatch firstBytesArrived = new CountDownLatch(1);

	private final ScriptedSource source = new ScriptedSource();

	private HttpServer first;

	private HttpServer second;

	@BeforeEach
	void start() throws IOException {
		this.first = server("first");
		this.second = server("second");
		this.source.with(ScriptedSource.local("orders", "a", this.first.getAddress().getPort()),
				ScriptedSource.local("orders", "b", this.second.getAddress().getPort()));
		this.source.with(ScriptedSource.local("half-dead", "a", freePort()),
				ScriptedSource.local("half-dead", "b", this.second.getAddress().getPort()));
		this.source.with(ScriptedSource.local("my_service", "a", this.first.getAddress().getPort()));
	}

	@AfterEach
	void stop() {
		this.first.stop(0);
		this.second.stop(0);
	}

	@Test
	void restClientTakesInstancesInTurn() {
		run((context) -> {
			RestClient client = context.getBean(RestClient.Builder.class).build();
			assertThat(List.of(get(client, "http://orders/who"), get(client, "http://orders/who")))
				.containsExactlyInAnyOrder("first", "second");
		});
	}

	@Test
	void restTemplateTakesInstancesInTurn() {
		run((context) -> {
			RestTemplate template = context.getBean(RestTemplate.class);
			assertThat(List.of(template.getForObject("http://orders/who", String.class),
					template.getForObject("http://orders/who", String.class)))
				.containsExactlyInAnyOrder("first", "second");
		});
	}

	@Test
	void theTemplatesOfARestTemplateBuilderTakeInstances() {
		run((context) -> {
			RestTemplate template = context.getBean(RestTemplateBuilder.class).build();
			assertThat(template.getForObject("http://orders/who", String.class)).isIn("first", "second");
		});
	}

	@Test
	void webClientTakesInstancesInTurn() {
		run((context) -> {
			WebClient client = context.getBean(WebClient.Builder.class).build();
			assertThat(List.of(get(client, "http://orders/who"), get(client, "http://orders/who")))
				.containsExactlyInAnyOrder("first", "second");
		});
	}

	@Test
	void pathQueryAndHostHeaderArriveAsTheyShould() {
		run((context) -> {
			RestClient client = context.getBean(RestClient.Builder.class).build();
			String echo = client.get().uri("http://orders/echo/{id}?q={q}", "a/b", "1 2").retrieve().body(String.class);
			assertThat(echo).isIn("/echo/a%2Fb?q=1%202 host=127.0.0.1:" + this.first.getAddress().getPort(),
					"/echo/a%2Fb?q=1%202 host=127.0.0.1:" + this.second.getAddress().getPort());
		});
	}

	@Test
	void aServiceNameThatIsNoHostNameWorks() {
		run((context) -> {
			RestClient client = context.getBean(RestClient.Builder.class).build();
			assertThat(get(client, "http://my_service/who")).isEqualTo("first");
		});
	}

	@Test
	void whatTheCallTriedBeforeIsNotTakenAgain() {
		run((context) -> {
			Attempts attempts = new Attempts();
			attempts.add("a");
			RestClient client = context.getBean(RestClient.Builder.class).build();
			assertThat(client.get()
				.uri("http://orders/who")
				.attribute(Attempts.ATTRIBUTE, attempts)
				.retrieve()
				.body(String.class)).isEqualTo("second");
			assertThat(attempts.instances()).containsExactly("a", "b");
		});
	}

	@Test
	void whatTheReactiveCallTriedBeforeIsNotTakenAgain() {
		run((context) -> {
			Attempts attempts = new Attempts();
			attempts.add("a");
			WebClient client = context.getBean(WebClient.Builder.class).build();
			assertThat(client.get()
				.uri("http://orders/who")
				.attribute(Attempts.ATTRIBUTE, attempts)
				.retrieve()
				.bodyToMono(String.class)
				.block(SOON)).isEqualTo("second");
		});
	}

	@Test
	void anInstanceThatRefusesTheConnectionIsAvoided() {
		run((context) -> {
			RestClient client = context.getBean(RestClient.Builder.class).build();
			assertThatExceptionOfType(ResourceAccessException.class).isThrownBy(() -> {
				get(client, "http://half-dead/who");
				get(client, "http://half-dead/who");
			});
			assertThat(List.of(get(client, "http://half-dead/who"), get(client, "http://half-dead/who"),
					get(client, "http://half-dead/who")))
				.containsOnly("second");
		});
	}

	@Test
	void anInstanceThatRefusesTheReactiveConnectionIsAvoided() {
		run((context) -> {
			WebClient client = context.getBean(WebClient.Builder.class).build();
			assertThatExceptionOfType(WebClientRequestException.class).isThrownBy(() -> {
				get(client, "http://half-dead/who");
				get(client, "http://half-dead/who");
			});
			assertThat(List.of(get(client, "http://half-dead/who"), get(client, "http://half-dead/who")))
				.containsOnly("second");
		});
	}

	@Test
	void aServiceWithoutInstancesIsARejection() {
		run((context) -> {
			RestClient client = context.getBean(RestClient.Builder.class).build();
			assertThatExceptionOfType(CallRejectedException.class).isThrownBy(() -> get(client, "http://nobody/"));
			WebClient reactive = context.getBean(WebClient.Builder.class).build();
			assertThatExceptionOfType(CallRejectedException.class).isThrownBy(() -> get(reactive, "http://nobody/"));
		});
	}

	@ParameterizedTest
	@MethodSource("requestFactories")
	void theBodyStreams(ClientHttpRequestFactory factory) {
		run((context) -> {
			RestClient client = context.getBean(RestClient.Builder.class).requestFactory(factory).build();
			StreamingHttpOutputMessage.Body body = (stream) -> {
				stream.write(new byte[1 << 17]);
				stream.flush();
				awaitFirstBytes();
				stream.write(new byte[1 << 17]);
			};
			assertThat(client.post().uri("http://orders/size").body(body).retrieve().body(String.class))
				.isEqualTo(String.valueOf(1 << 18));
		});
	}

	static Stream<ClientHttpRequestFactory> requestFactories() {
		return Stream.of(new JdkClientHttpRequestFactory(), new SimpleClientHttpRequestFactory(),
				new ReactorClientHttpRequestFactory());
	}

	private void run(ContextConsumer<AssertableApplicationContext> test) {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(GovernanceAutoConfiguration.class,
					GovernanceDiscoveryAutoConfiguration.class, GovernanceLoadBalancerAutoConfiguration.class))
			.withBean(ScriptedSource.class, () -> this.source)
			.withPropertyValues("governance.discovery.view.first-list-timeout=50ms",
					"governance.rules.load-balancing.turn.algorithm=round-robin")
			.withUserConfiguration(Clients.class)
			.run(test);
	}

	private void awaitFirstBytes() throws IOException {
		try {
			if (!this.firstBytesArrived.await(5, TimeUnit.SECONDS)) {
				throw new IOException("the first half did not arrive before the second was written");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private HttpServer server(String name) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setExecutor(Executors.newCachedThreadPool());
		server.createContext("/who", (exchange) -> answer(exchange, name));
		server.createContext("/echo", (exchange) -> answer(exchange,
				exchange.getRequestURI() + " host=" + exchange.getRequestHeaders().getFirst("Host")));
		server.createContext("/size", (exchange) -> answer(exchange, String.valueOf(size(exchange.getRequestBody()))));
		server.start();
		return server;
	}

	private long size(InputStream body) throws IOException {
		long size = 0;
		byte[] chunk = new byte[8192];
		for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
			this.firstBytesArrived.countDown();
			size += read;
		}
		return size;
	}

	private static void answer(HttpExchange exchange, String text) throws IOException {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(200, bytes.length);
		try (OutputStream body = exchange.getResponseBody()) {
			body.write(bytes);
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private static String get(RestClient client, String uri) {
		return client.get().uri(uri).retrieve().body(String.class);
	}

	private static String get(WebClient client, String uri) {
		return client.get().uri(uri).retrieve().bodyToMono(String.class).block(SOON);
	}

	@Configuration(proxyBeanMethods = false)
	static class Clients {

		@Bean
		@LoadBalanced
		RestClient.Builder restClientBuilder() {
			return RestClient.builder();
		}

		@Bean
		@LoadBalanced
		RestTemplate restTemplate() {
			return new RestTemplate();
		}

		@Bean
		@LoadBalanced
		RestTemplateBuilder restTemplateBuilder() {
			return new RestTemplateBuilder();
		}

		@Bean
		@LoadBalanced
		WebClient.Builder webClientBuilder() {
			return WebClient.builder();
		}

	}

}
