// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.ClassUtils;
import reactor.netty.http.server.HttpServerRequest;

/**
 * The protocol of a reactive request, which only the server's own request knows.
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
