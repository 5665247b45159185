// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import io.governance.answer.Answer;
import io.governance.answer.AnswerCopy;
import io.governance.resilience.execution.Answers;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeStrategies;

/**
 * Answers one call of {@code WebClient}.
 */
final class ReactiveAnswers implements Answers<ClientResponse> {

	/** What tracing and the suite itself add to a request on its way. */
	private static final Set<String> ADDED = Set.of("traceparent", "tracestate", "b3", "baggage", "content-length");

	private final ClientRequest request;

	private final ReplayInserter body;

	private final AtomicReference<ExchangeStrategies> strategies;

	ReactiveAnswers(ClientRequest request, ReplayInserter body, AtomicReference<ExchangeStrategies> strategies) {
		this.request = request;
		this.body = body;
		this.strategies = strategies;
	}

	@Override
	public ClientResponse response(Answer answer) {
		ClientResponse.Builder response = ClientResponse
			.create(HttpStatusCode.valueOf(answer.status()), Objects.requireNonNull(this.strategies.get()))
			.request(new SentRequest(this.request))
			.headers((headers) -> headers.addAll(AnsweredResponse.headers(answer)));
		return (answer.body().length == 0) ? response.build()
				: response
					.body(Flux.defer(() -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(answer.body()))))
					.build();
	}

	@Override
	public Map<String, List<String>> headers(ClientResponse response) {
		Map<String, List<String>> headers = new HashMap<>();
		response.headers().asHttpHeaders().forEach(headers::put);
		return headers;
	}

	@Override
	public ClientResponse copied(ClientResponse response, AnswerCopy copy) {
		return response.mutate()
			.body((body) -> body.doOnNext((buffer) -> copy(buffer, copy))
				.doOnComplete(copy::complete)
				.doOnError((error) -> copy.abandon())
				.doOnCancel(copy::cancel))
			.build();
	}

	static void copy(DataBuffer buffer, AnswerCopy copy) {
		try (DataBuffer.ByteBufferIterator some = buffer.readableByteBuffers()) {
			some.forEachRemaining(copy::write);
		}
	}

	/**
	 * The user's filters run inside, and may add credentials that the rules did not see,
	 * or ask for something else.
	 */
	@Override
	public boolean isAsAsked(ClientResponse response) {
		URI address = response.request().getURI();
		return Objects.equals(address.getRawPath(), this.request.url().getRawPath())
				&& Objects.equals(address.getRawQuery(), this.request.url().getRawQuery())
				&& texts(this.body.cookies()).equals(this.request.cookies()) && hasHeadersAsAsked(response);
	}

	private static Map<String, List<String>> texts(@Nullable MultiValueMap<String, HttpCookie> cookies) {
		Map<String, List<String>> texts = new HashMap<>();
		if (cookies != null) {
			cookies.forEach((name, values) -> texts.put(name, values.stream().map(HttpCookie::getValue).toList()));
		}
		return texts;
	}

	private boolean hasHeadersAsAsked(ClientResponse response) {
		HttpHeaders sent = response.request().getHeaders();
		HttpHeaders asked = this.request.headers();
		return sent.headerNames()
			.stream()
			.filter((name) -> !isAdded(name.toLowerCase(Locale.ROOT)))
			.allMatch((name) -> sent.getOrEmpty(name).equals(asked.getOrEmpty(name)));
	}

	private static boolean isAdded(String name) {
		return ADDED.contains(name) || name.startsWith("x-governance-") || name.startsWith("x-b3-");
	}

}
