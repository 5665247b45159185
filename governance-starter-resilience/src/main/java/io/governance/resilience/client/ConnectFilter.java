// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Next to the wire in {@code WebClient}: gives up an attempt for which no connection
 * could be made in time. Connectors set that time per client; but they ask for the
 * request's content only when the connection is there. One that asks earlier keeps its
 * own time.
 */
final class ConnectFilter implements ExchangeFilterFunction {

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		AttemptTimes times = (AttemptTimes) request.attributes().get(AttemptTimes.ATTRIBUTE);
		Duration connect = (times != null) ? times.connect() : null;
		if (connect == null) {
			return next.exchange(request);
		}
		return Mono.defer(() -> {
			AtomicBoolean connected = new AtomicBoolean();
			ClientRequest watched = ClientRequest.from(request).httpRequest((sent) -> connected.set(true)).build();
			Mono<Long> late = Mono.delay(connect).filter((tick) -> !connected.get()).switchIfEmpty(Mono.never());
			return next.exchange(watched)
				.timeout(late, Mono.error(() -> new ConnectException(
						"no connection after " + connect.toMillis() + " ms: " + request.url())));
		});
	}

}
