// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.governance.context.Attempts;
import io.governance.context.GovernanceHeaders;
import io.governance.context.RequestAttributes;
import io.governance.policy.Outcome;
import io.governance.policy.Permit.Abort;
import io.governance.policy.Permit.Fault;
import io.governance.policy.Rejection;
import io.governance.resilience.execution.Answers;
import io.governance.resilience.execution.Attempt;
import io.governance.resilience.execution.ReactiveExchange;
import io.governance.resilience.execution.ResponseHead;
import io.micrometer.observation.Observation;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

/**
 * Sends the attempts of one routed request: each runs the rest of the filter chain anew,
 * from the state that the exchange had before the first one. An attempt that is thrown
 * away leaves nothing on the exchange, whatever comes next.
 */
final class GatewayAttempts implements ReactiveExchange<ServerWebExchange> {

	/** Where Spring Cloud notes that the observation of an attempt has ended. */
	private static final String OBSERVATION_STOPPED = "gateway.observation.stopped";

	/** Up to this length reading a body to its end is cheaper than a new connection. */
	private static final long WORTH_READING = 65_536;

	private final ServerWebExchange exchange;

	private final GatewayFilterChain chain;

	private final ReplayBody body;

	private final Map<String, List<String>> responseHeaders = new HashMap<>();

	private final URI target;

	private final @Nullable String schemePrefix;

	GatewayAttempts(ServerWebExchange exchange, GatewayFilterChain chain) {
		this.exchange = exchange;
		this.chain = chain;
		this.body = new ReplayBody(exchange.getRequest());
		this.target = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
		this.schemePrefix = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_SCHEME_PREFIX_ATTR);
		HttpHeaders headers = exchange.getResponse().getHeaders();
		headers.forEach((name, values) -> this.responseHeaders.put(name, List.copyOf(values)));
	}

	@Override
	public Mono<ServerWebExchange> send(Attempt attempt) {
		if (attempt.number() > 1) {
			undo();
		}
		this.exchange.getAttributes().put(Attempts.ATTRIBUTE, attempt.tried());
		this.exchange.getAttributes().put(GatewayUpstreams.ATTEMPT, attempt.number());
		if (attempt.connectTimeout() != null) {
			this.exchange.getAttributes().put(GovernedRoutingFilter.CONNECT_TIMEOUT, attempt.connectTimeout());
		}
		ServerHttpRequest request = this.exchange.getRequest()
			.mutate()
			.headers((headers) -> write(attempt, headers))
			.build();
		ServerWebExchange attempted = this.exchange.mutate()
			.request(this.body.around(request, attempt.keepBodyBytes()))
			.build();
		return this.chain.filter(attempted)
			.thenReturn(attempted)
			.doOnError(this::abandon)
			.doOnCancel(() -> abandon(null));
	}

	/**
	 * A priority that the request or its route has stays.
	 */
	private static void write(Attempt attempt, HttpHeaders headers) {
		attempt.writeHeaders((name, value) -> {
			if (!GovernanceHeaders.PRIORITY.equals(name) || !headers.containsHeader(name)) {
				headers.set(name, value);
			}
		});
	}

	@Override
	public ServerWebExchange answer(int status, String rule) {
		undo();
		this.exchange.getResponse().setStatusCode(HttpStatusCode.valueOf(status));
		this.exchange.getResponse().getHeaders().set(GovernanceHeaders.FAULT, rule);
		Rejection told = new Fault(rule, 0, new Abort(Outcome.Kind.RESPONSE, status)).rejection();
		if (told != null) {
			this.exchange.getAttributes().put(RequestAttributes.REJECTION, told);
		}
		return this.exchange;
	}

	@Override
	public ResponseHead head(ServerWebExchange response) {
		HttpStatusCode status = response.getResponse().getStatusCode();
		return ResponseHead.of((status != null) ? status.value() : 200, response.getResponse().getHeaders()::getFirst);
	}

	@Override
	public boolean isRepeatable() {
		return this.body.isRepeatable() && !this.exchange.getResponse().isCommitted();
	}

	@Override
	public Answers<ServerWebExchange> answers() {
		return new ExchangeAnswers(this.exchange, this.responseHeaders);
	}

	@Override
	public Mono<Void> discard(ServerWebExchange response) {
		Connection connection = response.getAttribute(ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR);
		long length = response.getResponse().getHeaders().getContentLength();
		if (connection == null || length < 0 || length > WORTH_READING) {
			return Mono.fromRunnable(this::undo);
		}
		response.getAttributes().remove(ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR);
		undo();
		Flux<ByteBuf> unread = connection.inbound().receive();
		return unread.then().doOnError((error) -> connection.dispose()).doOnCancel(connection::dispose);
	}

	/**
	 * No further attempt will follow.
	 */
	void end() {
		this.body.forget();
	}

	private void abandon(@Nullable Throwable error) {
		Observation observation = this.exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_OBSERVATION_ATTR);
		if (observation != null && !this.exchange.getAttributes().containsKey(OBSERVATION_STOPPED)) {
			if (error != null) {
				observation.error(error);
			}
			observation.stop();
		}
		undo();
	}

	private void undo() {
		if (this.exchange.getResponse().isCommitted()) {
			return;
		}
		ServerWebExchangeUtils.reset(this.exchange);
		Map<String, Object> attributes = this.exchange.getAttributes();
		attributes.put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, this.target);
		if (this.schemePrefix != null) {
			attributes.put(ServerWebExchangeUtils.GATEWAY_SCHEME_PREFIX_ATTR, this.schemePrefix);
		}
		attributes.remove(ServerWebExchangeUtils.GATEWAY_OBSERVATION_ATTR);
		attributes.remove(OBSERVATION_STOPPED);
		attributes.remove(RequestAttributes.REJECTION);
		attributes.remove(ServerWebExchangeUtils.CLIENT_RESPONSE_HEADER_NAMES);
		attributes.remove(ServerWebExchangeUtils.ORIGINAL_RESPONSE_CONTENT_TYPE_ATTR);
		ServerHttpResponse response = this.exchange.getResponse();
		HttpHeaders headers = response.getHeaders();
		List.copyOf(headers.headerNames()).forEach(headers::remove);
		this.responseHeaders.forEach(headers::put);
		response.setStatusCode(null);
	}

}
