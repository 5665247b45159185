// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.inbound;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Objects;

import io.governance.context.GovernanceHeaders;
import io.governance.resilience.InboundServers;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A trusted peer's call whose time is up is answered with 504; anybody else's is run.
 */
class PeerTrustIntegrationTests {

	private static final String CLIENT = "10.0.0.1";

	private static final String SELF = "127.0.0.1";

	private final HttpClient http = HttpClient.newHttpClient();

	@ParameterizedTest
	@CsvSource({ "TOMCAT, none, " + SELF, "TOMCAT, framework, " + CLIENT, "TOMCAT, native, " + CLIENT,
			"JETTY, none, " + SELF, "JETTY, framework, " + CLIENT, "JETTY, native, " + CLIENT, "NETTY, none, " + SELF,
			"NETTY, framework, " + CLIENT, "NETTY, native, " + CLIENT })
	void nobodyBecomesTrustedByWhatTheyForward(InboundServers server, String strategy, String client) throws Exception {
		try (ConfigurableApplicationContext context = start(server, strategy, CLIENT + "/32")) {
			int port = server.port(context);
			HttpResponse<String> run = lateCall(port, "X-Forwarded-For", CLIENT);
			assertThat(run.statusCode()).isEqualTo(200);
			assertThat(run.body()).as("the client that the server resolves").isEqualTo(client);
			assertThat(lateCall(port, "Forwarded", "for=" + CLIENT).statusCode()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@CsvSource({ "TOMCAT, none", "TOMCAT, framework", "TOMCAT, native", "JETTY, none", "JETTY, framework",
			"JETTY, native", "NETTY, none", "NETTY, framework", "NETTY, native" })
	void aTrustedPeerStaysTrustedWhoeverItForwardsFor(InboundServers server, String strategy) throws Exception {
		try (ConfigurableApplicationContext context = start(server, strategy, SELF + "/32")) {
			int port = server.port(context);
			assertThat(lateCall(port, "X-Forwarded-For", "203.0.113.9").statusCode()).isEqualTo(504);
			assertThat(lateCall(port, "Forwarded", "for=203.0.113.9").statusCode()).isEqualTo(504);
			assertThat(lateCall(port, "X-Request-Id", "1").statusCode()).isEqualTo(504);
		}
	}

	private static ConfigurableApplicationContext start(InboundServers server, String strategy, String trusted) {
		return server.run(
				Map.of("server.forward-headers-strategy", strategy, "governance.trusted-callers", trusted,
						"server.address", SELF),
				(server == InboundServers.NETTY) ? ReactiveApplication.class : ServletApplication.class);
	}

	private HttpResponse<String> lateCall(int port, String header, String value)
			throws IOException, InterruptedException {
		return this.http.send(HttpRequest.newBuilder(URI.create("http://" + SELF + ":" + port + "/client"))
			.header(GovernanceHeaders.TIMEOUT_MS, "-1")
			.header(header, value)
			.build(), BodyHandlers.ofString());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@RestController
	static class ServletApplication {

		@Bean
		SecurityFilterChain open(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll()).build();
		}

		@GetMapping("/client")
		String client(HttpServletRequest request) {
			return request.getRemoteAddr();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@RestController
	static class ReactiveApplication {

		@Bean
		SecurityWebFilterChain open(ServerHttpSecurity http) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll()).build();
		}

		@GetMapping("/client")
		String client(ServerHttpRequest request) {
			return Objects.requireNonNull(request.getRemoteAddress()).getHostString();
		}

	}

}
