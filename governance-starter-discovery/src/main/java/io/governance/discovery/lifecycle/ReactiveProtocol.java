// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.lifecycle;

import jakarta.servlet.http.HttpServletRequest;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.ClassUtils;

/**
 * Which version of HTTP a request of a reactive server came by, which Spring does not
 * tell. Stateless.
 */
final class ReactiveProtocol {

	private static final boolean NETTY = isPresent("reactor.netty.http.server.HttpServerRequest");

	private static final boolean SERVLET = isPresent("jakarta.servlet.http.HttpServletRequest");

	private ReactiveProtocol() {
	}

	/** Whether it is HTTP/1; not where nobody knows. */
	static boolean isHttp1(ServerHttpRequest request) {
		Object received;
		try {
			received = ServerHttpRequestDecorator.getNativeRequest(request);
		}
		catch (IllegalStateException | IllegalArgumentException ex) {
			return false;
		}
		if (NETTY && received instanceof HttpServerRequest netty) {
			return netty.version().majorVersion() == 1;
		}
		return SERVLET && received instanceof HttpServletRequest servlet && servlet.getProtocol().startsWith("HTTP/1");
	}

	private static boolean isPresent(String name) {
		return ClassUtils.isPresent(name, ReactiveProtocol.class.getClassLoader());
	}

}
