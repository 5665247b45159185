// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import java.net.URI;
import java.util.concurrent.CompletableFuture;

import io.governance.client.CallOrigin;
import io.governance.client.SubscriberContext;
import io.governance.context.Attempts;
import io.governance.context.CallContext;
import io.governance.context.GovernanceHeaders;
import io.governance.discovery.InstanceSelector;
import io.governance.discovery.SelectedInstance;
import io.governance.discovery.client.InstanceUris;
import io.governance.discovery.client.RequestChanges;
import io.governance.discovery.mirror.Mirror;
import io.governance.discovery.mirror.MirroredRequest;
import io.governance.discovery.mirror.Mirroring;
import io.governance.selection.Destination.HeaderChanges;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The attempt stage of the gateway: puts an instance in the place of the service that an
 * {@code lb://} or {@code lb:ws://} route names, and tells how the attempt at it ended.
 * Stands just before Spring Cloud's own filter, which then has nothing to do.
 * Thread-safe.
 */
public final class InstanceFilter implements GlobalFilter, Ordered {

	/** Before Spring Cloud's load-balancer filter (10150). */
	public static final int ORDER = CallStageFilter.ORDER + 50;

	private static final String LOAD_BALANCED = "lb";

	private final InstanceSelector selector;

	private final CallOrigin origin;

	private final Mirror mirror;

	/**
	 * Creates the filter.
	 * @param selector chooses instances
	 * @param origin whom calls come from
	 * @param mirror sends copies of calls
	 */
	public InstanceFilter(InstanceSelector selector, CallOrigin origin, Mirror mirror) {
		this.selector = selector;
		this.origin = origin;
		this.mirror = mirror;
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		URI uri = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
		if (uri == null || !isLoadBalanced(exchange, uri)) {
			return chain.filter(exchange);
		}
		Attempts attempts = exchange.getAttribute(Attempts.ATTRIBUTE);
		return Mono.deferContextual((view) -> {
			CallContext context = SubscriberContext.of(view);
			GatewayCall call = new GatewayCall(exchange.getRequest(), uri, context, this.origin, view);
			return Mono.fromFuture(select(call, attempts, context))
				.doOnDiscard(SelectedInstance.class, SelectedInstance::cancelled)
				.flatMap((selected) -> send(exchange, chain, call, selected));
		});
	}

	static boolean isLoadBalanced(ServerWebExchange exchange, URI uri) {
		return LOAD_BALANCED.equals(uri.getScheme())
				|| LOAD_BALANCED.equals(exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_SCHEME_PREFIX_ATTR));
	}

	/**
	 * In the call's context, though the gateway carries none from thread to thread.
	 */
	@SuppressWarnings("try")
	private CompletableFuture<SelectedInstance> select(GatewayCall call, @Nullable Attempts attempts,
			CallContext context) {
		try (CallContext.Scope scope = context.makeCurrent()) {
			return this.selector.selectAsync(call, attempts);
		}
	}

	private Mono<Void> send(ServerWebExchange exchange, GatewayFilterChain chain, GatewayCall call,
			SelectedInstance selected) {
		if (CallStageFilter.isWebSocket(exchange)) {
			return send(exchange, chain, call.target(), selected);
		}
		Mirroring copies = this.mirror.begin(selected, call, () -> new MirroredRequest(call.method(),
				(instance) -> InstanceUris.at(call.target(), instance), exchange.getRequest().getHeaders()));
		if (copies == null) {
			return send(exchange, chain, call.target(), selected);
		}
		return send(MirroredRequestBody.around(exchange, copies), chain, call.target(), selected)
			.doFinally((signal) -> copies.abandon());
	}

	private static Mono<Void> send(ServerWebExchange exchange, GatewayFilterChain chain, URI uri,
			SelectedInstance selected) {
		if (CallStageFilter.isWebSocket(exchange)) {
			selected.unmeasured();
		}
		return Mono.defer(() -> chain.filter(at(exchange, uri, selected)))
			.doOnSuccess((nothing) -> answered(exchange, selected))
			.doOnError((error) -> selected.failed(error, error instanceof ReplayBody.BrokenOffException))
			.doOnCancel(selected::cancelled);
	}

	private static ServerWebExchange at(ServerWebExchange exchange, URI uri, SelectedInstance selected) {
		URI target = InstanceUris.at(uri, selected.instance());
		exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, target);
		exchange.getAttributes().put(GatewayUpstreams.TARGET, target);
		exchange.getAttributes().remove(ServerWebExchangeUtils.GATEWAY_SCHEME_PREFIX_ATTR);
		if (exchange.getAttributes().remove(AnswerFilter.AWAITED) instanceof SelectedInstance before) {
			before.completed();
		}
		if (selected.headers() == HeaderChanges.NONE) {
			return exchange;
		}
		return exchange.mutate()
			.request((request) -> request.headers((headers) -> RequestChanges.apply(selected.headers(), headers)))
			.build();
	}

	/**
	 * The head of the response is there, or all of a WebSocket is over.
	 */
	private static void answered(ServerWebExchange exchange, SelectedInstance selected) {
		ServerHttpResponse response = exchange.getResponse();
		HttpStatusCode status = response.getStatusCode();
		boolean notProcessed = "true".equalsIgnoreCase(response.getHeaders().getFirst(GovernanceHeaders.NOT_PROCESSED));
		if (selected.answered((status != null) ? status.value() : 200, notProcessed)) {
			exchange.getAttributes().put(AnswerFilter.AWAITED, selected);
		}
		else {
			selected.completed();
		}
	}

}
