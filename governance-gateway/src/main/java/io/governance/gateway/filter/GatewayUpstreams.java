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

	private static final Upstream UNROUTED = new Upstream(null, null, null, 0);

	@Override
	public Upstream of(Map<String, Object> attributes) {
		if (!(attributes.get(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR) instanceof Route route)) {
			return UNROUTED;
		}
		Object target = attributes.get(TARGET);
		URI sent = (URI) ((target != null) ? target : attributes.get(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR));
		int attempts = (attributes.get(ATTEMPT) instanceof Integer number) ? number : 1;
		return new Upstream(route.getId(), route.getUri().getHost(), host(sent), attempts);
	}

	/**
	 * A service that got no instance has no address.
	 */
	private static @Nullable String host(@Nullable URI sent) {
		return (sent != null && !"lb".equals(sent.getScheme())) ? sent.getRawAuthority() : null;
	}

}
