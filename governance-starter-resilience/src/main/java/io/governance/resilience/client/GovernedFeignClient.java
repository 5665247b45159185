// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import feign.Client;
import feign.Request;
import feign.Response;
import io.governance.client.ClientCall;
import io.governance.client.FeignAttempt;
import io.governance.client.FeignResponses;
import io.governance.client.FeignTargets;
import io.governance.context.CallContext;
import io.governance.context.GovernanceHeaders;
import io.governance.resilience.execution.Answers;
import io.governance.resilience.execution.Attempt;
import io.governance.resilience.execution.BlockingCallExecutor;
import io.governance.resilience.execution.BlockingExchange;
import io.governance.resilience.execution.ResponseHead;
import io.governance.resilience.failback.KeptExchange;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * A Feign client whose calls are governed. Feign gives each request its whole body, so
 * that every attempt can have it.
 */
final class GovernedFeignClient implements Client {

	private final Client delegate;

	private final ClientSettings settings;

	private final FeignTargets targets;

	private final BlockingCallExecutor executor;

	GovernedFeignClient(Client delegate, ClientSettings settings, FeignTargets targets) {
		this.delegate = delegate;
		this.settings = settings;
		this.targets = targets;
		this.executor = new BlockingCallExecutor(settings.execution());
	}

	@Override
	public Response execute(Request request, Request.Options options) throws IOException {
		URI uri = FeignTargets.uri(request);
		if (uri == null || ClientCall.host(uri) == null
				|| (!this.targets.isByName(request) && !this.settings.hosts().contains(uri))) {
			return this.delegate.execute(request, options);
		}
		CallContext context = CallContext.current();
		HttpHeaders headers = new HttpHeaders();
		request.headers().forEach((name, values) -> headers.addAll(name, List.copyOf(values)));
		ClientCall call = new ClientCall(this.settings.origin(), context, request.httpMethod().name(), uri, headers);
		return this.executor.execute((request.body() != null) ? call.withBody() : call, context,
				new Exchange(request, options));
	}

	/**
	 * Sends the attempts, with a request of its own each.
	 */
	private final class Exchange implements BlockingExchange<Response> {

		private final Request request;

		private final Request.Options options;

		Exchange(Request request, Request.Options options) {
			this.request = request;
			this.options = options;
		}

		@Override
		public Response send(Attempt attempt) throws IOException {
			FeignAttempt times = new FeignAttempt(this.options,
					shorter(this.options.connectTimeoutMillis(), attempt.connectTimeout()),
					shorter(this.options.readTimeoutMillis(), attempt.timeout()), attempt.tried());
			return GovernedFeignClient.this.delegate.execute(withHeadersOf(attempt), times);
		}

		private Request withHeadersOf(Attempt attempt) {
			Map<String, Collection<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
			headers.putAll(this.request.headers());
			attempt.writeHeaders((name, value) -> {
				if (!GovernanceHeaders.PRIORITY.equals(name) || !headers.containsKey(name)) {
					headers.put(name, List.of(value));
				}
			});
			return Request.create(this.request.httpMethod(), this.request.url(), headers, this.request.body(),
					this.request.charset(), this.request.requestTemplate());
		}

		/**
		 * In whole milliseconds, rounded up: a read that ends too early is not known to
		 * be late. Zero is no bound to Feign.
		 */
		private static long shorter(int ownMillis, @Nullable Duration bound) {
			if (bound == null) {
				return ownMillis;
			}
			long millis = Math.max(1, (bound.toNanos() + 999_999) / 1_000_000);
			return (ownMillis > 0) ? Math.min(ownMillis, millis) : millis;
		}

		@Override
		public Response answer(int status, String rule) {
			return Response.builder()
				.status(status)
				.headers(Map.of(GovernanceHeaders.FAULT, List.of(rule), HttpHeaders.CONTENT_LENGTH, List.of("0")))
				.body(new byte[0])
				.request(this.request)
				.build();
		}

		@Override
		public ResponseHead head(Response response) {
			return ResponseHead.of(response.status(), (name) -> {
				Collection<String> values = response.headers().get(name);
				return (values != null && !values.isEmpty()) ? values.iterator().next() : null;
			});
		}

		@Override
		public boolean isRepeatable() {
			return true;
		}

		@Override
		public Answers<Response> answers() {
			return new FeignAnswers(this.request);
		}

		@Override
		public @Nullable KeptExchange<BlockingExchange<Response>> kept(long maxBytes) {
			byte[] body = this.request.body();
			long length = (body != null) ? body.length : 0;
			return (length <= maxBytes) ? new KeptExchange<>(this, length) : null;
		}

		@Override
		public void discard(Response response, long boundNanos) {
			FeignResponses.discard(response);
		}

	}

}
