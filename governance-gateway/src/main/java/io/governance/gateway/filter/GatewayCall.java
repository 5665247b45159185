// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import java.net.URI;
import java.util.List;
import java.util.Locale;

import io.governance.client.CallOrigin;
import io.governance.context.CallContext;
import io.governance.discovery.client.InstanceUris;
import io.governance.policy.Call;
import io.governance.policy.Direction;
import io.governance.policy.Call.Priority;
import io.governance.request.ReactiveRequestCall;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.http.HttpCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.util.context.ContextView;

/**
 * An outbound call of the gateway: the request as it will be sent, routed and rewritten.
 */
final class GatewayCall implements Call {

	private static final ContextSnapshotFactory SNAPSHOTS = ContextSnapshotFactory.builder().build();

	private final ServerHttpRequest request;

	private final String service;

	private final URI target;

	private final CallContext context;

	private final CallOrigin origin;

	private final ContextView view;

	private @Nullable String route;

	GatewayCall(ServerHttpRequest request, URI target, CallContext context, CallOrigin origin, ContextView view) {
		this.request = request;
		this.service = InstanceUris.service(target);
		this.target = target;
		this.context = context;
		this.origin = origin;
		this.view = view;
	}

	URI target() {
		return this.target;
	}

	/**
	 * Says by which route it goes. Before any rule is asked.
	 */
	GatewayCall by(@Nullable Route taken) {
		this.route = (taken != null) ? taken.getId() : null;
		return this;
	}

	@Override
	public @Nullable String route() {
		return this.route;
	}

	@Override
	public Direction direction() {
		return Direction.OUTBOUND;
	}

	@Override
	public String service() {
		return this.service;
	}

	@Override
	public String method() {
		return this.request.getMethod().name();
	}

	@Override
	public String path() {
		String path = this.target.getRawPath();
		return (path != null && !path.isEmpty()) ? path : "/";
	}

	@Override
	public String host() {
		return this.service.toLowerCase(Locale.ROOT);
	}

	@Override
	public @Nullable String header(String name) {
		return this.request.getHeaders().getFirst(name);
	}

	@Override
	public List<String> headers(String name) {
		return this.request.getHeaders().getOrEmpty(name);
	}

	@Override
	public String uri() {
		return this.target.toString();
	}

	@Override
	public @Nullable String query(String name) {
		return this.request.getQueryParams().getFirst(name);
	}

	@Override
	public @Nullable String cookie(String name) {
		HttpCookie cookie = this.request.getCookies().getFirst(name);
		return (cookie != null) ? cookie.getValue() : null;
	}

	@Override
	public @Nullable String clientIp() {
		return ReactiveRequestCall.clientIp(this.request);
	}

	@Override
	public String caller() {
		return this.origin.caller();
	}

	@Override
	public Priority priority() {
		return this.context.priority();
	}

	@Override
	public @Nullable String label(String name) {
		String label = this.context.labels().get(name);
		return (label != null) ? label : baggage(name);
	}

	/**
	 * Baggage belongs to the current span, and only the Reactor context knows it: looked
	 * up when a rule asks, since it costs too much for every call.
	 */
	@SuppressWarnings("try")
	private @Nullable String baggage(String name) {
		try (ContextSnapshot.Scope scope = SNAPSHOTS.setThreadLocalsFrom(this.view)) {
			return this.origin.labels().label(name);
		}
	}

}
