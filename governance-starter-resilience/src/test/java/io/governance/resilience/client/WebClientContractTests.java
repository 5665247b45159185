// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;

import io.governance.test.conformance.Adapter;
import io.governance.test.contract.OutboundClient;
import io.governance.test.contract.OutboundContract;
import io.governance.test.contract.OutboundSetting;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The contract for {@code WebClient} on Reactor Netty.
 */
@Adapter("`WebClient` on Reactor Netty")
class WebClientContractTests extends OutboundContract {

	@Override
	protected OutboundClient client(OutboundSetting setting) {
		WebClient client = ClientsUnderTest.webClient(setting);
		return (request) -> {
			WebClient.RequestBodySpec spec = client.method(HttpMethod.valueOf(request.method()))
				.uri(URI.create("http://inventory" + request.path()))
				.headers((headers) -> request.headers().forEach(headers::set));
			byte[] body = request.body();
			if (body != null && request.oneShot()) {
				spec.body(oneShot(body), DataBuffer.class);
			}
			else if (body != null) {
				spec.bodyValue(body);
			}
			return Objects.requireNonNull(spec
				.exchangeToMono((response) -> response.bodyToMono(byte[].class)
					.defaultIfEmpty(new byte[0])
					.map((bytes) -> new OutboundClient.Answer(response.statusCode().value(),
							response.headers().asHttpHeaders().getFirst(HttpHeaders.RETRY_AFTER), new String(bytes),
							response.headers().asHttpHeaders().getFirst("x-governance-fallback"))))
				.block(Duration.ofSeconds(10)));
		};
	}

	/**
	 * Can be subscribed to once.
	 */
	private static Flux<DataBuffer> oneShot(byte[] body) {
		Sinks.Many<DataBuffer> sink = Sinks.many().unicast().onBackpressureBuffer();
		sink.tryEmitNext(DefaultDataBufferFactory.sharedInstance.wrap(body)).orThrow();
		sink.tryEmitComplete().orThrow();
		return sink.asFlux();
	}

}
