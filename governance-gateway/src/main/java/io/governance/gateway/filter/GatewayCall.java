// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import java.net.URI;
import java.util.Locale;

import io.governance.context.CallContext;
import io.governance.context.LabelSource;
import io.governance.policy.Call;
import io.governance.policy.Direction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * An outbound call of the gateway: the request as it will be sent, routed and rewritten.
 */
final class GatewayCall implements Call {

	private final ServerHttpRequest request;

	private final String service;

	private final URI target;

	private final CallContext context;

	private final LabelSource labels;

	private final String caller;

	GatewayCall(ServerHttpRequest request, Target target, CallContext context, LabelSource labels, String caller) {
		this.request = request;
		this.service = target.service();
		this.target = target.uri();
		this.context = context;
		this.labels = labels;
		this.caller = caller;
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
	public @Nullable String query(String name) {
		return this.request.getQueryParams().getFirst(name);
	}

	@Override
	public @Nullable String cookie(String name) {
		HttpCookie cookie = this.request.getCookies().getFirst(name);
		return (cookie != null) ? cookie.getValue() : null;
	}

	@Override
	public String caller() {
		return this.caller;
	}

	@Override
	public @Nullable String label(String name) {
		String label = this.context.labels().get(name);
		return (label != null) ? label : this.labels.label(name);
	}

	/**
	 * Where a routed request goes.
	 */
	record Target(String service, URI uri) {
	}

}
