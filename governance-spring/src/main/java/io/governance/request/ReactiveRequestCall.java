// SPDX-License-Identifier: Apache-2.0

package io.governance.request;

import java.net.InetSocketAddress;
import java.util.Locale;

import io.governance.policy.Call;
import io.governance.policy.Direction;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * A request of a reactive server as the engine sees it. Never touches the body. Who
 * calls, and with what labels, is for subclasses to say.
 */
public class ReactiveRequestCall implements Call {

	private final ServerHttpRequest request;

	private final String service;

	/**
	 * Creates a view.
	 * @param request the request
	 * @param service this process's own service
	 */
	public ReactiveRequestCall(ServerHttpRequest request, String service) {
		this.request = request;
		this.service = service;
	}

	@Override
	public final Direction direction() {
		return Direction.INBOUND;
	}

	@Override
	public final String service() {
		return this.service;
	}

	@Override
	public final String method() {
		return this.request.getMethod().name().toUpperCase(Locale.ROOT);
	}

	@Override
	public final String path() {
		String path = this.request.getPath().value();
		return path.startsWith("/") ? path : "/";
	}

	@Override
	public final @Nullable String host() {
		String host = this.request.getURI().getHost();
		return (host != null) ? host.toLowerCase(Locale.ROOT) : null;
	}

	@Override
	public final @Nullable String header(String name) {
		return this.request.getHeaders().getFirst(name);
	}

	@Override
	public final @Nullable String query(String name) {
		return new QueryString(this.request.getURI().getRawQuery()).first(name);
	}

	@Override
	public final @Nullable String cookie(String name) {
		HttpCookie cookie = this.request.getCookies().getFirst(name);
		return (cookie != null) ? cookie.getValue() : null;
	}

	@Override
	public final @Nullable String clientIp() {
		return clientIp(this.request);
	}

	/**
	 * The address that a request comes from, without port: that of the connection, or
	 * what the server has made of forwarding headers.
	 * @param request the request
	 * @return the address; {@code null} where the server does not know it
	 */
	public static @Nullable String clientIp(ServerHttpRequest request) {
		InetSocketAddress address = request.getRemoteAddress();
		if (address == null) {
			return null;
		}
		return (address.getAddress() != null) ? address.getAddress().getHostAddress() : address.getHostString();
	}

}
