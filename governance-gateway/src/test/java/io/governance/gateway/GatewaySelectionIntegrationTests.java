// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.governance.test.conformance.Adapter;
import io.governance.test.contract.OutboundClient.Answer;
import io.governance.test.contract.SelectionClient;
import io.governance.test.contract.SelectionContract;

/**
 * The gateway chooses instances as every client does.
 */
@Adapter("gateway")
class GatewaySelectionIntegrationTests extends SelectionContract {

	@Override
	protected SelectionClient client(List<String> properties) {
		List<String> all = new ArrayList<>(properties);
		all.addAll(TestGateway.route(0, "inventory", "lb://inventory"));
		all.addAll(List.of("governance.tracing.baggage=lane", "governance.trusted-callers=127.0.0.1/32"));
		all.add("governance.rules.retry.default.enforcement=OFF");
		all.add("governance.rules.timeout.short.match.service=inventory");
		all.add("governance.rules.timeout.short.per-try=" + SelectionClient.TIMEOUT.toMillis() + "ms");
		return new Client(TestGateway.start(all));
	}

	private record Client(TestGateway gateway) implements SelectionClient {

		@Override
		public Answer get(Map<String, String> headers, Map<String, String> labels) {
			List<String> all = new ArrayList<>();
			headers.forEach((name, value) -> all.addAll(List.of(name, value)));
			labels.forEach((name, value) -> all.addAll(List.of("baggage", name + "=" + value)));
			try {
				HttpResponse<String> response = this.gateway.get("/inventory/", all.toArray(String[]::new));
				return new Answer(response.statusCode(), null, response.body());
			}
			catch (IllegalStateException ex) {
				return new Answer(502, null, null);
			}
		}

		@Override
		public void giveUp(Runnable underWay) {
			CompletableFuture<?> call = this.gateway.getAsync("/inventory/");
			underWay.run();
			call.cancel(true);
		}

		@Override
		public void close() {
			this.gateway.close();
		}

	}

}
