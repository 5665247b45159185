// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.webflux;

import java.net.InetSocketAddress;
import java.util.Locale;

import io.governance.context.CallContext;
import io.governance.policy.Call;
import io.governance.policy.Direction;
import io.governance.resilience.inbound.InboundSettings;
import io.governance.resilience.inbound.QueryString;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.util.context.ContextView;

/**
 * A request of a reactive server as the engine sees it. Never touches the body.
 *
 * @param request the request
 * @param context what the caller brings along
 * @param settings what inbound adapters work with
 * @param view the Reactor context, which labels are read from
 * @param principal the authenticated principal's name
 */
record ExchangeCall(ServerHttpRequest request, CallContext context, InboundSettings settings, ContextView view,
		@Nullable String principal) implements Call {

	@Override
	public Direction direction() {
		return Direction.INBOUND;
	}

	@Override
	public String service() {
		return this.settings.service();
	}

	@Override
	public String method() {
		return this.request.getMethod().name().toUpperCase(Locale.ROOT);
	}

	@Override
	public String path() {
		String path = this.request.getPath().value();
		return path.startsWith("/") ? path : "/";
	}

	@Override
	public @Nullable String host() {
		String host = this.request.getURI().getHost();
		return (host != null) ? host.toLowerCase(Locale.ROOT) : null;
	}

	@Override
	public @Nullable String header(String name) {
		return this.request.getHeaders().getFirst(name);
	}

	@Override
	public @Nullable String query(String name) {
		return new QueryString(this.request.getURI().getRawQuery()).first(name);
	}

	@Override
	public @Nullable String cookie(String name) {
		HttpCookie cookie = this.request.getCookies().getFirst(name);
		return (cookie != null) ? cookie.getValue() : null;
	}

	@Override
	public @Nullable String caller() {
		return this.context.caller();
	}

	@Override
	public @Nullable String clientIp() {
		InetSocketAddress address = this.request.getRemoteAddress();
		if (address == null) {
			return null;
		}
		return (address.getAddress() != null) ? address.getAddress().getHostAddress() : address.getHostString();
	}

	@Override
	public @Nullable String label(String name) {
		return ThreadLocals.with(this.view, () -> this.settings.labels().label(name));
	}

}
