// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.ByteArrayInputStream;
import java.net.URI;

import io.governance.test.contract.OutboundClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.invoker.HttpExchangeAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/**
 * HTTP service clients: declared interfaces on top of another client.
 */
final class HttpServicesUnderTest {

	private HttpServicesUnderTest() {
	}

	static OutboundClient client(HttpExchangeAdapter adapter, boolean reactive) {
		Inventory inventory = HttpServiceProxyFactory.builderFor(adapter).build().createClient(Inventory.class);
		return (request) -> answer(send(inventory, request, reactive));
	}

	private static ResponseEntity<byte[]> send(Inventory inventory, OutboundClient.Request request, boolean reactive) {
		URI uri = URI.create("http://inventory" + request.path());
		HttpMethod method = HttpMethod.valueOf(request.method());
		MultiValueMap<String, String> headers = new LinkedMultiValueMap<>();
		request.headers().forEach(headers::add);
		byte[] body = request.body();
		if (body == null) {
			return inventory.send(uri, method, headers);
		}
		if (!request.oneShot()) {
			return inventory.send(uri, method, headers, body);
		}
		return reactive ? inventory.send(uri, method, headers, oneShot(body))
				: inventory.send(uri, method, headers, new InputStreamResource(new ByteArrayInputStream(body)));
	}

	/**
	 * Can be subscribed to once.
	 */
	static Flux<DataBuffer> oneShot(byte[] body) {
		Sinks.Many<DataBuffer> sink = Sinks.many().unicast().onBackpressureBuffer();
		sink.tryEmitNext(DefaultDataBufferFactory.sharedInstance.wrap(body)).orThrow();
		sink.tryEmitComplete().orThrow();
		return sink.asFlux();
	}

	private static OutboundClient.Answer answer(ResponseEntity<byte[]> response) {
		byte[] body = (response.getBody() != null) ? response.getBody() : new byte[0];
		return new OutboundClient.Answer(response.getStatusCode().value(),
				response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER), new String(body),
				response.getHeaders().getFirst("x-governance-fallback"));
	}

	interface Inventory {

		@HttpExchange
		ResponseEntity<byte[]> send(URI uri, HttpMethod method, @RequestHeader MultiValueMap<String, String> headers);

		@HttpExchange
		ResponseEntity<byte[]> send(URI uri, HttpMethod method, @RequestHeader MultiValueMap<String, String> headers,
				@RequestBody byte[] body);

		@HttpExchange
		ResponseEntity<byte[]> send(URI uri, HttpMethod method, @RequestHeader MultiValueMap<String, String> headers,
				@RequestBody InputStreamResource body);

		@HttpExchange
		ResponseEntity<byte[]> send(URI uri, HttpMethod method, @RequestHeader MultiValueMap<String, String> headers,
				@RequestBody Flux<DataBuffer> body);

	}

}
