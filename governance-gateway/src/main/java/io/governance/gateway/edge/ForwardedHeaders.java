// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.edge;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Tells services whom the gateway speaks for: the peer's address is added to
 * {@code X-Forwarded-For}; protocol, host, port and the removed path prefix are given
 * unless a trusted peer has given them. Comes after Spring Cloud's own filters, which
 * remove all of them or trust a pattern. Thread-safe.
 */
public final class ForwardedHeaders implements HttpHeadersFilter, Ordered {

	private static final String FOR = "X-Forwarded-For";

	private static final String PROTO = "X-Forwarded-Proto";

	private static final String HOST = "X-Forwarded-Host";

	private static final String PORT = "X-Forwarded-Port";

	private static final String PREFIX = "X-Forwarded-Prefix";

	private static final int HTTP = 80;

	private static final int HTTPS = 443;

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		HttpHeaders received = request.getHeaders();
		HttpHeaders sent = HttpHeaders.copyOf(input);
		boolean secure = isSecure(request.getURI());
		set(sent, FOR, join(received.get(FOR), address(request), ", "));
		set(sent, PROTO, given(received, PROTO, secure ? "https" : "http"));
		set(sent, HOST, given(received, HOST, received.getFirst(HttpHeaders.HOST)));
		set(sent, PORT, given(received, PORT, port(request.getURI(), secure)));
		set(sent, PREFIX, join(received.get(PREFIX), prefix(exchange), ""));
		return sent;
	}

	private static void set(HttpHeaders headers, String name, @Nullable String value) {
		if (value != null) {
			headers.set(name, value);
		}
	}

	private static @Nullable String given(HttpHeaders received, String name, @Nullable String otherwise) {
		String value = received.getFirst(name);
		return (value != null) ? value : otherwise;
	}

	private static @Nullable String join(@Nullable List<String> before, @Nullable String own, String separator) {
		if (before == null || before.isEmpty()) {
			return own;
		}
		String joined = String.join(separator, before);
		return (own != null) ? joined + separator + own : joined;
	}

	private static @Nullable String address(ServerHttpRequest request) {
		InetSocketAddress peer = request.getRemoteAddress();
		if (peer == null || peer.getAddress() == null) {
			return null;
		}
		String address = peer.getAddress().getHostAddress();
		int scope = address.indexOf('%');
		return (scope < 0) ? address : address.substring(0, scope);
	}

	private static boolean isSecure(URI uri) {
		return uri.getScheme() != null && Set.of("https", "wss").contains(uri.getScheme().toLowerCase(Locale.ROOT));
	}

	private static String port(URI uri, boolean secure) {
		return String.valueOf((uri.getPort() >= 0) ? uri.getPort() : secure ? HTTPS : HTTP);
	}

	/**
	 * What the route took off the beginning of the path.
	 */
	private static @Nullable String prefix(ServerWebExchange exchange) {
		URI sent = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
		Collection<URI> originals = exchange
			.getAttributeOrDefault(ServerWebExchangeUtils.GATEWAY_ORIGINAL_REQUEST_URL_ATTR, List.of());
		if (sent == null || originals.isEmpty()) {
			return null;
		}
		String original = originals.iterator().next().getRawPath();
		String path = sent.getRawPath();
		if (original == null || path == null || !original.endsWith(path) || original.length() == path.length()) {
			return null;
		}
		return original.substring(0, original.length() - path.length());
	}

}
