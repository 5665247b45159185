// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import java.net.URI;
import java.util.Map;

import io.governance.tracing.accesslog.Upstream;
import io.governance.tracing.accesslog.UpstreamSource;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;

/**
 * Tells the access log where a request went: its route, the service, the instance of the
 * last attempt, and the number of attempts. Stateless.
 */
public final class GatewayUpstreams implements UpstreamSource {

	/** The exchange attribute with the address of the last attempt. */
	static final String TARGET = GatewayUpstreams.class.getName() + ".target";

	/** The exchange attribute with the number of the last attempt. */
	static final String ATTEMPT = GatewayUpstreams.class.getName() + ".attempt";

	private static final int HTTP = 80;

	private static final Map<String, Integer> PORTS = Map.of("https", 443, "wss", 443);

	private static final Upstream UNROUTED = new Upstream(null, null, null, 0);

	@Override
	public Upstream of(Map<String, Object> attributes) {
		if (!(attributes.get(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR) instanceof Route route)) {
			return UNROUTED;
		}
		int attempts = attempts(attributes);
		Object target = attributes.get(TARGET);
		URI sent = (URI) ((target != null) ? target : attributes.get(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR));
		return new Upstream(route.getId(), route.getUri().getHost(), (attempts > 0) ? host(sent) : null, attempts);
	}

	/**
	 * What is not governed, such as a WebSocket, is sent once without a number.
	 */
	private static int attempts(Map<String, Object> attributes) {
		if (attributes.get(ATTEMPT) instanceof Integer number) {
			return number;
		}
		return Boolean.TRUE.equals(attributes.get(ServerWebExchangeUtils.GATEWAY_ALREADY_ROUTED_ATTR)) ? 1 : 0;
	}

	/**
	 * A service that got no instance has no address. The user-info of one is a secret.
	 */
	private static @Nullable String host(@Nullable URI sent) {
		if (sent == null || sent.getHost() == null || "lb".equals(sent.getScheme())) {
			return null;
		}
		int port = (sent.getPort() >= 0) ? sent.getPort() : PORTS.getOrDefault(sent.getScheme(), HTTP);
		return sent.getHost() + ":" + port;
	}

}
