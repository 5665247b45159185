// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.IOException;
import java.net.URI;

import io.governance.client.ClientCall;
import io.governance.context.Attempts;
import io.governance.context.CallContext;
import io.governance.context.GovernanceHeaders;
import io.governance.resilience.execution.Answers;
import io.governance.resilience.execution.Attempt;
import io.governance.resilience.execution.BlockingExchange;
import io.governance.resilience.execution.ResponseHead;
import io.governance.resilience.failback.KeptExchange;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;

/**
 * One logical call of a blocking client; each attempt is a request of its own.
 */
final class GovernedRequest extends StreamingRequest {

	private final ClientHttpRequestFactory next;

	private final CallStage stage;

	GovernedRequest(URI uri, HttpMethod method, ClientHttpRequestFactory next, CallStage stage) {
		super(uri, method);
		this.next = next;
		this.stage = stage;
	}

	@Override
	protected ClientHttpResponse executeInternal(HttpHeaders headers) throws IOException {
		CallContext context = CallContext.current();
		ClientCall call = new ClientCall(this.stage.settings().origin(), context, getMethod().name(), getURI(),
				headers);
		Body body = body(headers);
		return this.stage.executor()
			.execute((body != null) ? call.withBody() : call, context, new Exchange(headers, body));
	}

	/**
	 * Sends the attempts, with a copy of the headers each.
	 */
	private final class Exchange implements BlockingExchange<ClientHttpResponse> {

		private final HttpHeaders headers;

		private final @Nullable Body source;

		private @Nullable ReplayBody body;

		private StopSwitch stop = new StopSwitch();

		Exchange(HttpHeaders headers, @Nullable Body source) {
			this.headers = headers;
			this.source = source;
		}

		@Override
		public ClientHttpResponse send(Attempt attempt) throws IOException {
			ClientHttpRequest request = GovernedRequest.this.next.createRequest(getURI(), getMethod());
			copyTo(request, this.headers, body(attempt.keepBodyBytes()));
			attempt.writeHeaders((name, value) -> {
				boolean chosenByUser = GovernanceHeaders.PRIORITY.equals(name) && this.headers.containsHeader(name);
				if (!chosenByUser) {
					request.getHeaders().set(name, value);
				}
			});
			request.getAttributes().put(Attempts.ATTRIBUTE, attempt.tried());
			request.getAttributes().put(AttemptTimes.ATTRIBUTE, AttemptTimes.of(attempt));
			this.stop = new StopSwitch();
			request.getAttributes().put(StopSwitch.ATTRIBUTE, this.stop);
			return request.execute();
		}

		private @Nullable Body body(long maxBytes) throws IOException {
			if (this.body == null && this.source != null) {
				long length = this.headers.getContentLength();
				// what is too large to copy can still be sent again while none of it was
				// sent
				this.body = new ReplayBody(this.source, (length <= maxBytes) ? maxBytes : 0);
				if (!this.source.repeatable() && length >= 0 && length <= maxBytes) {
					this.body.readAll();
				}
			}
			return this.body;
		}

		@Override
		public ClientHttpResponse answer(int status, String rule) {
			this.stop = new StopSwitch();
			return new InjectedResponse(status, rule);
		}

		@Override
		public ResponseHead head(ClientHttpResponse response) throws IOException {
			return ResponseHead.of(response.getStatusCode().value(), response.getHeaders()::getFirst);
		}

		@Override
		public boolean isRepeatable() {
			return this.body == null || this.body.repeatable();
		}

		@Override
		public boolean isOwnFailure() {
			return this.body != null && this.body.hasSourceFailed();
		}

		@Override
		public Answers<ClientHttpResponse> answers() {
			return new BlockingAnswers();
		}

		@Override
		public @Nullable KeptExchange<BlockingExchange<ClientHttpResponse>> kept(long maxBytes) {
			HttpHeaders own = HttpHeaders.copyOf(this.headers);
			if (this.source == null) {
				return new KeptExchange<>(new Exchange(own, null), 0);
			}
			WrittenBody copy = copied(maxBytes);
			return (copy != null) ? new KeptExchange<>(new Exchange(own, copy), copy.size()) : null;
		}

		/**
		 * What a converter writes may change when the caller goes on.
		 */
		private @Nullable WrittenBody copied(long maxBytes) {
			try {
				Body whole = body(maxBytes);
				return (whole != null && isRepeatable()) ? WrittenBody.of(whole, maxBytes) : null;
			}
			catch (IOException ex) {
				return null;
			}
		}

		@Override
		public void discard(ClientHttpResponse response, long boundNanos) {
			this.stop.discard(response, boundNanos);
		}

	}

}
