// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.clients;

import java.io.ByteArrayInputStream;
import java.net.URI;

import io.governance.test.contract.OutboundClient;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.HttpExchange;
import reactor.core.publisher.Flux;

/**
 * HTTP service clients, as the contract calls them.
 */
final class HttpServiceClients {

	private HttpServiceClients() {
	}

	static OutboundClient client(Exchanged client, String base, boolean reactive) {
		return (request) -> {
			ResponseEntity<byte[]> response = send(client, base, request, reactive);
			byte[] body = (response.getBody() != null) ? response.getBody() : new byte[0];
			return new OutboundClient.Answer(response.getStatusCode().value(), null, new String(body));
		};
	}

	private static ResponseEntity<byte[]> send(Exchanged client, String base, OutboundClient.Request request,
			boolean reactive) {
		URI uri = URI.create(base + request.path());
		HttpMethod method = HttpMethod.valueOf(request.method());
		MultiValueMap<String, String> headers = new LinkedMultiValueMap<>();
		request.headers().forEach(headers::add);
		byte[] body = request.body();
		if (body == null) {
			return client.send(uri, method, headers);
		}
		return reactive
				? client.send(uri, method, headers, Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body)))
				: client.send(uri, method, headers, new InputStreamResource(new ByteArrayInputStream(body)));
	}

	interface Exchanged {

		@HttpExchange
		ResponseEntity<byte[]> send(URI uri, HttpMethod method, @RequestHeader MultiValueMap<String, String> headers);

		@HttpExchange
		ResponseEntity<byte[]> send(URI uri, HttpMethod method, @RequestHeader MultiValueMap<String, String> headers,
				@RequestBody InputStreamResource body);

		@HttpExchange
		ResponseEntity<byte[]> send(URI uri, HttpMethod method, @RequestHeader MultiValueMap<String, String> headers,
				@RequestBody Flux<DataBuffer> body);

	}

}
