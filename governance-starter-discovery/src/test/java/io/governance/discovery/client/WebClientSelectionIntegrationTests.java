// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.governance.context.CallContext;
import io.governance.policy.Call.Priority;
import io.governance.policy.CallRejectedException;
import io.governance.test.conformance.Adapter;
import io.governance.test.contract.OutboundClient.Answer;
import io.governance.test.contract.SelectionClient;
import io.governance.test.contract.SelectionContract;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * {@code WebClient} chooses instances as every client does.
 */
@Adapter("`WebClient`")
class WebClientSelectionIntegrationTests extends SelectionContract {

	@Override
	protected SelectionClient client(List<String> properties) {
		ConfigurableApplicationContext context = SelectionApplication.start(properties);
		HttpClient http = HttpClient.create().disableRetry(true).responseTimeout(SelectionClient.TIMEOUT);
		return new Client(context,
				context.getBean(WebClient.Builder.class).clientConnector(new ReactorClientHttpConnector(http)).build());
	}

	private record Client(ConfigurableApplicationContext context, WebClient client) implements SelectionClient {

		@Override
		public Answer get(Map<String, String> headers, Map<String, String> labels) {
			Answer answer = call(headers, labels).block(Duration.ofSeconds(10));
			return (answer != null) ? answer : new Answer(502, null, null);
		}

		private Mono<Answer> call(Map<String, String> headers, Map<String, String> labels) {
			CallContext call = new CallContext(null, 1, labels, null, Priority.DEFAULT);
			return this.client.get()
				.uri("http://inventory/")
				.headers((all) -> headers.forEach(all::set))
				.headers((all) -> all.remove(HttpHeaders.COOKIE))
				.cookies((all) -> cookies(headers.getOrDefault(HttpHeaders.COOKIE, ""), all))
				.exchangeToMono(Client::answer)
				.onErrorResume(CallRejectedException.class,
						(error) -> Mono.just(new Answer(error.rejection().reason().status(), null, null)))
				.onErrorResume((error) -> Mono.just(new Answer(502, null, null)))
				.contextWrite((context) -> context.put(CallContext.KEY, call));
		}

		/** As this client has them: apart from the headers. */
		private static void cookies(String header, MultiValueMap<String, String> all) {
			int equals = header.indexOf('=');
			if (equals > 0) {
				all.add(header.substring(0, equals), header.substring(equals + 1));
			}
		}

		private static Mono<Answer> answer(ClientResponse response) {
			return response.bodyToMono(String.class)
				.defaultIfEmpty("")
				.map((body) -> new Answer(response.statusCode().value(), null, body));
		}

		@Override
		public void giveUp(Runnable underWay) {
			Disposable call = call(Map.of(), Map.of()).subscribe();
			underWay.run();
			call.dispose();
		}

		@Override
		public void close() {
			this.context.close();
		}

	}

}
