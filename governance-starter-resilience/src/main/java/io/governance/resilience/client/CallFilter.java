// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

import io.governance.client.ClientCall;
import io.governance.client.SubscriberContext;
import io.governance.context.Attempts;
import io.governance.context.CallContext;
import io.governance.context.GovernanceHeaders;
import io.governance.resilience.execution.Answers;
import io.governance.resilience.execution.Attempt;
import io.governance.resilience.execution.ReactiveCallExecutor;
import io.governance.resilience.execution.ReactiveExchange;
import io.governance.resilience.execution.ResponseHead;
import io.governance.resilience.failback.KeptExchange;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.ExchangeStrategies;

/**
 * The call stage of {@code WebClient}: the outermost filter, once per logical call. The
 * user's filters run inside, once per attempt.
 */
final class CallFilter implements ExchangeFilterFunction {

	private final ClientSettings settings;

	private final ReactiveCallExecutor executor;

	private final Predicate<URI> governed;

	/** Those of this client, as its responses show them: a client does not tell. */
	private final AtomicReference<ExchangeStrategies> strategies = new AtomicReference<>(
			ExchangeStrategies.withDefaults());

	/**
	 * Creates the filter.
	 * @param settings what adapters work with
	 * @param governed to which addresses calls are governed, beyond those of named hosts
	 */
	CallFilter(ClientSettings settings, Predicate<URI> governed) {
		this.settings = settings;
		this.executor = new ReactiveCallExecutor(settings.execution());
		this.governed = governed;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		if (!this.governed.test(request.url()) && !this.settings.hosts().contains(request.url())) {
			return next.exchange(request);
		}
		return Mono.deferContextual((view) -> {
			CallContext context = SubscriberContext.of(view);
			ClientCall call = new ClientCall(this.settings.origin(), context, request.method().name(), request.url(),
					request.headers(), request.cookies());
			boolean empty = request.body() == BodyInserters.empty();
			return this.executor.execute(empty ? call : call.withBody(), context,
					new Exchange(request, next, this.strategies));
		});
	}

	/**
	 * Sends the attempts, with a request of its own each.
	 */
	private static final class Exchange implements ReactiveExchange<ClientResponse> {

		private final ClientRequest request;

		private final ExchangeFunction next;

		private final ReplayInserter body;

		private final AtomicReference<ExchangeStrategies> strategies;

		/**
		 * Up to how many bytes of body each attempt keeps, when the call is made again
		 * later.
		 */
		private volatile long keeps = Attempt.KEEP_NOTHING;

		Exchange(ClientRequest request, ExchangeFunction next, AtomicReference<ExchangeStrategies> strategies) {
			this.strategies = strategies;
			this.request = request;
			this.next = next;
			this.body = new ReplayInserter(request.body());
		}

		@Override
		public Mono<ClientResponse> send(Attempt attempt) {
			this.body.keep(Math.max(this.keeps, attempt.keepBodyBytes()));
			ClientRequest sent = ClientRequest.from(this.request)
				.headers((headers) -> attempt.writeHeaders((name, value) -> {
					if (!GovernanceHeaders.PRIORITY.equals(name) || !headers.containsHeader(name)) {
						headers.set(name, value);
					}
				}))
				.attribute(Attempts.ATTRIBUTE, attempt.tried())
				.attribute(AttemptTimes.ATTRIBUTE, AttemptTimes.of(attempt))
				.body(this.body)
				.build();
			return this.next.exchange(sent);
		}

		@Override
		public ClientResponse answer(int status, String rule) {
			return ClientResponse.create(HttpStatusCode.valueOf(status))
				.header(GovernanceHeaders.FAULT, rule)
				.header(HttpHeaders.CONTENT_LENGTH, "0")
				.request(new SentRequest(this.request))
				.build();
		}

		@Override
		public Throwable failure(IOException error) {
			return new WebClientRequestException(error, this.request.method(), this.request.url(),
					this.request.headers());
		}

		@Override
		public ResponseHead head(ClientResponse response) {
			if (this.strategies.get() != response.strategies()) {
				this.strategies.set(response.strategies());
			}
			return ResponseHead.of(response.statusCode().value(), response.headers().asHttpHeaders()::getFirst);
		}

		@Override
		public boolean isRepeatable() {
			return this.body.isRepeatable();
		}

		@Override
		public boolean isOwnFailure() {
			return this.body.hasSourceFailed();
		}

		@Override
		public Answers<ClientResponse> answers() {
			return new ReactiveAnswers(this.request, this.body, this.strategies);
		}

		@Override
		public @Nullable KeptExchange<ReactiveExchange<ClientResponse>> kept(long maxBytes) {
			if (!isRepeatable()) {
				return null;
			}
			this.keeps = maxBytes;
			boolean empty = this.request.body() == BodyInserters.empty();
			return new KeptExchange<>(this, empty ? 0 : this.body.size(maxBytes));
		}

		@Override
		public Mono<Void> discard(ClientResponse response) {
			return response.releaseBody();
		}

	}

}
