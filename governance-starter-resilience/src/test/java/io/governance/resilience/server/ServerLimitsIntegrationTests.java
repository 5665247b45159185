// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.governance.resilience.InboundServers;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What one caller can do to each server, on its bare connections.
 */
class ServerLimitsIntegrationTests {

	private static final String POST = "POST /count HTTP/1.1\r\nHost: a\r\nContent-Type: application/octet-stream\r\n";

	private static final String TEXT = "POST /text HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n";

	private final Map<String, String> properties = new HashMap<>(
			Map.of("governance.resilience.server.max-body-size", "64KB"));

	private ConfigurableApplicationContext context;

	@AfterEach
	void stop() {
		this.context.close();
	}

	private RawConnection connect(InboundServers server) throws IOException {
		if (this.context == null) {
			this.context = server.run(this.properties, Application.class);
		}
		return new RawConnection(server.port(this.context));
	}

	@ParameterizedTest
	@EnumSource
	void ordinaryRequestsPass(InboundServers server) throws IOException {
		try (RawConnection connection = connect(server)) {
			connection.write(POST + "Content-Length: 10\r\n\r\n0123456789");
			assertThat(connection.status()).isEqualTo(200);
		}
		try (RawConnection connection = connect(server)) {
			connection.write(POST + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
			for (int i = 0; i < 64; i++) {
				connection.write("400\r\n" + "x".repeat(1024) + "\r\n");
			}
			connection.write("0\r\n\r\n");
			assertThat(connection.status()).isEqualTo(200);
			assertThat(connection.rest()).contains("65536");
		}
	}

	@ParameterizedTest
	@EnumSource
	void aHeadThatIsTooLargeIsRefused(InboundServers server) throws IOException {
		try (RawConnection connection = connect(server)) {
			connection.write("GET /count HTTP/1.1\r\nHost: a\r\nX-Large: " + "x".repeat(20_000) + "\r\n\r\n");
			assertThat(connection.status()).isIn(400, 431);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aBodyThatSaysItIsTooLargeIsRefused(InboundServers server) throws IOException {
		try (RawConnection connection = connect(server)) {
			connection.write(POST + "Content-Length: 65537\r\n\r\n");
			assertThat(connection.status()).isEqualTo(413);
			assertThat(connection.patience(2000).rest()).contains("application/problem+json",
					"\"reason\":\"body-too-large\"");
		}
	}

	@ParameterizedTest
	@EnumSource
	void aBodyThatTurnsOutTooLargeIsRefused(InboundServers server) throws IOException {
		for (String head : new String[] { POST, TEXT }) {
			try (RawConnection connection = connect(server)) {
				connection.write(head + "Transfer-Encoding: chunked\r\n\r\n");
				for (int i = 0; i < 65; i++) {
					connection.write("400\r\n" + "x".repeat(1024) + "\r\n");
				}
				assertThat(connection.status()).isEqualTo(413);
				assertThat(connection.patience(2000).rest()).contains("\"reason\":\"body-too-large\"");
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void aBodyThatDripsIsGivenUp(InboundServers server) throws IOException {
		this.properties.put("governance.resilience.server.body-grace", "1s");
		try (RawConnection connection = connect(server)) {
			connection.write(POST + "Content-Length: 1000\r\n\r\n");
			Drip drip = new Drip(connection, "x");
			assertThat(connection.status()).isEqualTo(408);
			drip.stop();
			assertThat(connection.patience(2000).rest()).contains("\"reason\":\"body-too-slow\"");
		}
	}

	@ParameterizedTest
	@EnumSource
	void aHeadThatDripsIsGivenUp(InboundServers server) throws IOException {
		this.properties.put("governance.resilience.server.head-timeout", "1s");
		try (RawConnection connection = connect(server)) {
			connection.write("GET /count HTTP/1.1\r\nHost: a\r\nX-Slow: ");
			Drip drip = new Drip(connection, "x");
			assertThat(connection.status()).isIn(0, 408);
			drip.stop();
		}
	}

	@ParameterizedTest
	@EnumSource
	void aConnectionThatWasUsedBeforeHasNoLongerTimeForItsHead(InboundServers server) throws IOException {
		this.properties.put("governance.resilience.server.head-timeout", "1s");
		try (RawConnection connection = connect(server)) {
			connection.write(POST + "Content-Length: 1\r\n\r\nx");
			assertThat(connection.status()).isEqualTo(200);
			connection.write("GET /count HTTP/1.1\r\nHost: a\r\nX-Slow: ");
			Drip drip = new Drip(connection, "x");
			assertThat(connection.isClosed()).isTrue();
			drip.stop();
		}
	}

	@ParameterizedTest
	@EnumSource
	void connectionsBeyondTheLimitAreNotServed(InboundServers server) throws IOException {
		this.properties.put("governance.resilience.server.max-connections", "3");
		try (RawConnection one = connect(server);
				RawConnection two = connect(server);
				RawConnection three = connect(server)) {
			for (RawConnection connection : new RawConnection[] { one, two, three }) {
				connection.write(POST + "Content-Length: 1\r\n\r\nx");
				assertThat(connection.status()).isEqualTo(200);
			}
			try (RawConnection four = connect(server); RawConnection five = connect(server)) {
				for (RawConnection connection : new RawConnection[] { five, four }) {
					connection.patience(1000).write(POST + "Content-Length: 1\r\n\r\nx");
				}
				// Tomcat accepts one more, and serves it when another one ends
				assertThat(five.status()).isLessThanOrEqualTo(0);
			}
		}
	}

	/** Writes a byte four times a second, until the connection takes no more. */
	private static final class Drip {

		private static final Executor LATER = CompletableFuture.delayedExecutor(250, TimeUnit.MILLISECONDS);

		private final RawConnection connection;

		private final String drop;

		private volatile boolean open = true;

		Drip(RawConnection connection, String drop) {
			this.connection = connection;
			this.drop = drop;
			drip();
		}

		private void drip() {
			LATER.execute(() -> {
				if (this.open && this.connection.write(this.drop)) {
					drip();
				}
				else {
					this.open = false;
				}
			});
		}

		void stop() {
			this.open = false;
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
		@RestController
		static class Blocking {

			@PostMapping("/count")
			String count(HttpServletRequest request) throws IOException {
				InputStream body = request.getInputStream();
				long bytes = 0;
				byte[] buffer = new byte[512];
				for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
					bytes += count;
				}
				return "count " + bytes;
			}

			@PostMapping("/text")
			String text(@RequestBody String text) {
				return "length " + text.length();
			}

			@Bean
			SecurityFilterChain open(HttpSecurity security) {
				return security.csrf((csrf) -> csrf.disable())
					.authorizeHttpRequests((all) -> all.anyRequest().permitAll())
					.build();
			}

		}

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
		@RestController
		static class Reactive {

			@PostMapping("/count")
			Mono<String> count(ServerWebExchange exchange) {
				return exchange.getRequest().getBody().map((buffer) -> {
					long bytes = buffer.readableByteCount();
					DataBufferUtils.release(buffer);
					return bytes;
				}).reduce(0L, Long::sum).map((bytes) -> "count " + bytes);
			}

			@PostMapping("/text")
			Mono<String> text(@RequestBody String text) {
				return Mono.just("length " + text.length());
			}

			@Bean
			SecurityWebFilterChain open(ServerHttpSecurity security) {
				return security.csrf(ServerHttpSecurity.CsrfSpec::disable)
					.authorizeExchange((all) -> all.anyExchange().permitAll())
					.build();
			}

		}

	}

}
