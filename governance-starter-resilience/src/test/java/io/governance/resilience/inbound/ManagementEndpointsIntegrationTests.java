// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.inbound;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;

import io.governance.resilience.InboundServers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No limit makes an instance look ill, wherever its health is asked for.
 */
class ManagementEndpointsIntegrationTests {

	private static final int OK = 200;

	private static final int LIMITED = 429;

	private final HttpClient http = HttpClient.newHttpClient();

	private static ConfigurableApplicationContext start(InboundServers server, Map<String, String> management) {
		Map<String, String> properties = new HashMap<>(management);
		// each of the servers on the class path brings a management server
		properties.put("spring.main.allow-bean-definition-overriding", "true");
		properties.put("management.health.redis.enabled", "false");
		properties.put("governance.rules.rate-limit.all.limit", "1");
		properties.put("governance.rules.rate-limit.all.per", "1h");
		return server.run(properties,
				(server == InboundServers.NETTY) ? ExplainEndpointIntegrationTests.ReactiveApplication.class
						: ExplainEndpointIntegrationTests.ServletApplication.class);
	}

	private int status(int port, String path) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build();
		return this.http.send(request, BodyHandlers.discarding()).statusCode();
	}

	@ParameterizedTest
	@EnumSource
	void aPortOfItsOwnHasNoLimitsWhateverItsPaths(InboundServers server) throws Exception {
		try (ConfigurableApplicationContext context = start(server,
				Map.of("management.server.port", "0", "management.endpoints.web.base-path", "/"))) {
			int management = context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
			for (int i = 0; i < 3; i++) {
				assertThat(status(management, "/health")).isEqualTo(OK);
			}
			assertThat(status(server.port(context), "/hello")).isEqualTo(OK);
			assertThat(status(server.port(context), "/hello")).isEqualTo(LIMITED);
		}
	}

	@ParameterizedTest
	@EnumSource
	void probesOnTheApplicationsPortHaveNoLimits(InboundServers server) throws Exception {
		try (ConfigurableApplicationContext context = start(server, Map.of("management.server.port", "0",
				"management.endpoint.health.probes.add-additional-paths", "true"))) {
			int port = server.port(context);
			assertThat(status(port, "/hello")).isEqualTo(OK);
			assertThat(status(port, "/livez")).isEqualTo(OK);
			assertThat(status(port, "/readyz")).isEqualTo(OK);
			assertThat(status(port, "/hello")).isEqualTo(LIMITED);
		}
	}

}
