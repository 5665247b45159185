// SPDX-License-Identifier: Apache-2.0

package io.governance.peer;

import java.net.InetSocketAddress;
import java.util.Map;

import io.governance.context.TrustedCallers;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.ClassUtils;
import reactor.netty.http.server.HttpServerRequest;

/**
 * The peer of a request of a reactive server: with Reactor Netty the other end of the
 * connection, in a Servlet container that of {@link ServletPeer}. With another server it
 * is the address of the request, unless there is any sign that it was made of headers.
 * Stateless.
 */
public final class ReactivePeer {

	private static final boolean NETTY = isPresent("reactor.netty.http.server.HttpServerRequest");

	private static final boolean SERVLET = isPresent("jakarta.servlet.http.HttpServletRequest");

	private ReactivePeer() {
	}

	/**
	 * Whether a request came over a connection that a trusted peer opened.
	 * @param request the request, changed by filters or not
	 * @param trusted who is trusted
	 * @return whether it did; never when the peer is unknown
	 */
	public static boolean isTrusted(ServerHttpRequest request, TrustedCallers trusted) {
		Map<String, Object> attributes = request.getAttributes();
		if (attributes.get(PeerVerdict.ATTRIBUTE) instanceof PeerVerdict known && known.callers() == trusted) {
			return known.trusted();
		}
		boolean verdict = workOut(request, trusted);
		if (!attributes.isEmpty()) {
			attributes.put(PeerVerdict.ATTRIBUTE, new PeerVerdict(trusted, verdict));
		}
		return verdict;
	}

	private static boolean workOut(ServerHttpRequest request, TrustedCallers trusted) {
		Object received = received(request);
		if (NETTY && received instanceof HttpServerRequest netty) {
			return netty.connectionRemoteAddress() instanceof InetSocketAddress peer
					&& trusted.trusts(peer.getAddress());
		}
		if (SERVLET && received instanceof HttpServletRequest servlet) {
			return ServletPeer.isTrusted(servlet, trusted);
		}
		InetSocketAddress named = request.getRemoteAddress();
		return named != null && !ForwardingHeaders.isAnyIn(request.getHeaders()::containsHeader)
				&& trusted.trusts(named.getAddress());
	}

	/**
	 * What the server received; mocked requests refuse to say.
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
		return ClassUtils.isPresent(name, ReactivePeer.class.getClassLoader());
	}

}
