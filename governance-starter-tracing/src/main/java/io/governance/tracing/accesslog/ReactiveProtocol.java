// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.ClassUtils;
import reactor.netty.http.server.HttpServerRequest;

/**
 * What only the server's own request knows of a reactive one.
 */
final class ReactiveProtocol {

	private static final boolean NETTY = isPresent("reactor.netty.http.server.HttpServerRequest");

	private static final boolean SERVLET = isPresent("jakarta.servlet.ServletRequest");

	private ReactiveProtocol() {
	}

	static @Nullable String of(ServerHttpRequest request) {
		Object received = received(request);
		if (NETTY && received instanceof HttpServerRequest netty) {
			return netty.protocol();
		}
		return (SERVLET && received instanceof ServletRequest servlet) ? servlet.getProtocol() : null;
	}

	/**
	 * Has something done when a WebSocket closes, whose handshake has ended.
	 * @return whether it will be; not for a request that was not upgraded, nor where the
	 * server does not tell
	 */
	static boolean whenWebSocketCloses(ServerHttpRequest request, Runnable action) {
		if (NETTY && received(request) instanceof HttpServerRequest netty && netty.isWebsocket()) {
			netty.withConnection((connection) -> connection.onDispose(action::run));
			return true;
		}
		return false;
	}

	/**
	 * Mocked requests refuse to say.
	 */
	private static @Nullable Object received(ServerHttpRequest request) {
		try {
			return ServerHttpRequestDecorator.getNativeRequest(request);
		}
		catch (IllegalStateException | IllegalArgumentException ex) {
			return null;
		}
	}

	private static boolean isPresent(String name) {
		return ClassUtils.isPresent(name, ReactiveProtocol.class.getClassLoader());
	}

}
