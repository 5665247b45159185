// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.governance.test.conformance.Adapter;
import io.governance.test.conformance.NotApplicable;
import io.governance.test.contract.BalancedContract;
import io.governance.test.contract.OutboundClient;

/**
 * The contract of balanced clients for the gateway: a route for each service.
 */
@Adapter("gateway")
class GatewayBalancedIntegrationTests extends BalancedContract {

	@Override
	protected BalancedContract.Application start(List<String> properties) {
		List<String> all = new ArrayList<>(properties);
		all.removeIf((property) -> property.startsWith("governance.discovery.view.first-list-timeout"));
		List<String> routed = new ArrayList<>(SERVICES);
		routed.remove("my_service");
		routed.addAll(List.of("half-dead", "nobody", "inventory:80"));
		for (String service : routed) {
			all.addAll(TestGateway.route(routed.indexOf(service), name(service), "lb://" + service));
		}
		all.add("governance.trusted-callers=127.0.0.1/32");
		all.addAll(TestGateway.route(routed.size(), "plain", second(properties)));
		return new Application(TestGateway.start(all));
	}

	private static String name(String service) {
		return service.replace(':', '-');
	}

	private static String second(List<String> properties) {
		String prefix = TestGateway.instance("inventory", 1, URI.create(""));
		return properties.stream()
			.filter((property) -> property.startsWith(prefix))
			.findFirst()
			.orElseThrow()
			.substring(prefix.length());
	}

	@Override
	@NotApplicable("Spring Cloud Gateway refuses such a name in a route.")
	protected void aServiceNameThatIsNoHostNameWorks() {
	}

	private static final class Application implements BalancedContract.Application {

		private final TestGateway gateway;

		private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

		private volatile Map<String, String> traced = Map.of();

		Application(TestGateway gateway) {
			this.gateway = gateway;
		}

		@Override
		public OutboundClient client(String service) {
			return (request) -> send("/" + name(service), request);
		}

		@Override
		public OutboundClient plain(URI uri) {
			return (request) -> send("/plain", request);
		}

		private OutboundClient.Answer send(String prefix, OutboundClient.Request request) {
			byte[] body = request.body();
			HttpRequest.Builder sent = HttpRequest.newBuilder(this.gateway.uri(prefix + request.path()))
				.timeout(Duration.ofSeconds(20))
				.method(request.method(),
						(body == null) ? BodyPublishers.noBody()
								: request.oneShot() ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))
										: BodyPublishers.ofByteArray(body));
			request.headers().forEach(sent::header);
			this.traced.forEach(sent::header);
			try {
				return GatewayAnswers.of(this.http.send(sent.build(), BodyHandlers.ofString()));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public <T> T traced(String traceId, Supplier<T> work) {
			this.traced = Map.of("traceparent", "00-" + traceId + "-b7ad6b7169203331-01", "baggage", "lane=blue");
			try {
				return work.get();
			}
			finally {
				this.traced = Map.of();
			}
		}

		@Override
		public void close() {
			this.gateway.close();
		}

	}

}
