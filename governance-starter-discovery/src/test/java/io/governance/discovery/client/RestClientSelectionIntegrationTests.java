// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.governance.context.CallContext;
import io.governance.policy.Call.Priority;
import io.governance.policy.CallRejectedException;
import io.governance.test.conformance.Adapter;
import io.governance.test.contract.OutboundClient.Answer;
import io.governance.test.contract.SelectionClient;
import io.governance.test.contract.SelectionContract;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * {@code RestClient} chooses instances as every client does.
 */
@Adapter("`RestClient`")
class RestClientSelectionIntegrationTests extends SelectionContract {

	@Override
	protected SelectionClient client(List<String> properties) {
		ConfigurableApplicationContext context = SelectionApplication.start(properties);
		JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory();
		factory.setReadTimeout(SelectionClient.TIMEOUT);
		return new Client(context, context.getBean(RestClient.Builder.class).requestFactory(factory).build());
	}

	private record Client(ConfigurableApplicationContext context, RestClient client) implements SelectionClient {

		@Override
		@SuppressWarnings("try")
		public Answer get(Map<String, String> headers, Map<String, String> labels) {
			CallContext call = new CallContext(null, 1, labels, null, Priority.DEFAULT);
			try (CallContext.Scope scope = call.makeCurrent()) {
				return this.client.get()
					.uri("http://inventory/")
					.headers((all) -> headers.forEach(all::set))
					.exchangeForRequiredValue((request, response) -> answer(response));
			}
			catch (CallRejectedException ex) {
				return new Answer(ex.rejection().reason().status(), null, null);
			}
			catch (ResourceAccessException ex) {
				return new Answer(502, null, null);
			}
		}

		private static Answer answer(ClientHttpResponse response) throws IOException {
			byte[] body = response.getBody().readAllBytes();
			return new Answer(response.getStatusCode().value(), null, new String(body, StandardCharsets.UTF_8));
		}

		@Override
		public void giveUp(Runnable underWay) {
			SelectionApplication.interrupted(() -> get(Map.of(), Map.of()), underWay);
		}

		@Override
		public void close() {
			this.context.close();
		}

	}

}
