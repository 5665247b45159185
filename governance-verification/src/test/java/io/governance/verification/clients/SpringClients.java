// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.clients;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

import io.governance.test.contract.OutboundClient;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.StreamUtils;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;

/**
 * Spring's clients, as the contract calls them.
 */
final class SpringClients {

	private SpringClients() {
	}

	static OutboundClient restClient(RestClient client, String base) {
		return (request) -> {
			RestClient.RequestBodySpec spec = client.method(HttpMethod.valueOf(request.method()))
				.uri(URI.create(base + request.path()))
				.headers((headers) -> request.headers().forEach(headers::set));
			if (request.body() != null) {
				spec.body(body(request));
			}
			return spec.exchangeForRequiredValue((sent, response) -> answer(response));
		};
	}

	static OutboundClient restTemplate(RestTemplate template, String base) {
		return (request) -> {
			HttpHeaders headers = new HttpHeaders();
			request.headers().forEach(headers::set);
			Object body = (request.body() != null) ? body(request) : null;
			return template.execute(URI.create(base + request.path()), HttpMethod.valueOf(request.method()),
					template.httpEntityCallback(new HttpEntity<>(body, headers), byte[].class), SpringClients::answer);
		};
	}

	static OutboundClient webClient(WebClient client, String base) {
		return (request) -> {
			WebClient.RequestBodySpec spec = client.method(HttpMethod.valueOf(request.method()))
				.uri(URI.create(base + request.path()))
				.headers((headers) -> request.headers().forEach(headers::set));
			if (request.body() != null) {
				spec.body(Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(request.body())), DataBuffer.class);
			}
			return spec
				.exchangeToMono((response) -> response.bodyToMono(byte[].class)
					.defaultIfEmpty(new byte[0])
					.map((bytes) -> new OutboundClient.Answer(response.statusCode().value(), null, new String(bytes))))
				.block(Duration.ofSeconds(20));
		};
	}

	private static Object body(OutboundClient.Request request) {
		return request.oneShot() ? new InputStreamResource(new ByteArrayInputStream(request.body())) : request.body();
	}

	private static OutboundClient.Answer answer(ClientHttpResponse response) throws IOException {
		return new OutboundClient.Answer(response.getStatusCode().value(), null,
				new String(StreamUtils.copyToByteArray(response.getBody())));
	}

}
