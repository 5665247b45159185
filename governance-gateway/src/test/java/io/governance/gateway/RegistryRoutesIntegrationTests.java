// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

import io.governance.embeddedconsul.EmbeddedConsul;
import io.governance.test.ScriptedUpstream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Routes that come from the registry.
 */
class RegistryRoutesIntegrationTests {

	private final HttpClient client = HttpClient.newHttpClient();

	@Test
	void exposedServicesGetARouteAndOthersDoNot() throws Exception {
		try (EmbeddedConsul consul = EmbeddedConsul.startOnFreePort();
				ScriptedUpstream upstream = ScriptedUpstream.start();
				TestGateway gateway = TestGateway.start(List.of("governance.discovery.consul.host=127.0.0.1",
						"governance.discovery.consul.port=" + consul.port(),
						"governance.discovery.registration.enabled=false",
						"governance.gateway.registry-routes.interval=100ms"))) {
			register(consul, upstream, "payments", "{}");
			register(consul, upstream, "orders", "{\"gateway__expose\":\"true\"}");
			awaitStatus(gateway, "/orders/7", 200);
			assertThat(upstream.requests()).last().satisfies((request) -> assertThat(request.path()).isEqualTo("/7"));
			assertThat(gateway.get("/payments/7").statusCode()).isEqualTo(404);
			put(consul, "/v1/agent/service/deregister/orders", "");
			awaitStatus(gateway, "/orders/7", 503);
			assertThat(gateway.get("/orders/7").body()).contains("no-instance");
			register(consul, upstream, "orders", "{}");
			awaitStatus(gateway, "/orders/7", 404);
		}
	}

	private static void awaitStatus(TestGateway gateway, String path, int status) {
		Awaitility.await().untilAsserted(() -> assertThat(gateway.get(path).statusCode()).isEqualTo(status));
	}

	private void register(EmbeddedConsul consul, ScriptedUpstream upstream, String service, String metadata)
			throws Exception {
		put(consul, "/v1/agent/service/register", """
				{"ID": "%s", "Name": "%s", "Address": "127.0.0.1", "Port": %d, "Meta": %s}
				""".formatted(service, service, upstream.port(), metadata));
	}

	private void put(EmbeddedConsul consul, String path, String body) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + consul.port() + path))
			.PUT(BodyPublishers.ofString(body))
			.build();
		HttpResponse<String> response = this.client.send(request, BodyHandlers.ofString());
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
	}

}
