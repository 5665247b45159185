// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import io.governance.context.Attempts;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.headers.observation.DefaultGatewayObservationConvention;
import org.springframework.cloud.gateway.filter.headers.observation.GatewayContext;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;

/**
 * Adds to the span of an attempt its number and its instance, and marks one that was
 * answered with a server error. Spring Cloud makes the span anew for each attempt.
 */
public final class AttemptObservationConvention extends DefaultGatewayObservationConvention {

	@Override
	public KeyValues getHighCardinalityKeyValues(GatewayContext context) {
		List<KeyValue> added = new ArrayList<>(4);
		ServerWebExchange exchange = context.getServerWebExchange();
		if (exchange.getAttribute(Attempts.ATTRIBUTE) instanceof Attempts attempts) {
			added.add(KeyValue.of("governance.attempt", Integer.toString(attempts.number())));
		}
		URI target = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
		if (target != null && target.getHost() != null) {
			added.add(KeyValue.of("server.address", target.getHost()));
			added.add(KeyValue.of("server.port", Integer.toString(port(target))));
		}
		String error = error(context);
		if (error != null) {
			added.add(KeyValue.of("error", error));
		}
		// once: each addition copies and sorts them all
		return super.getHighCardinalityKeyValues(context).and(added);
	}

	private static int port(URI target) {
		boolean secure = "https".equalsIgnoreCase(target.getScheme()) || "wss".equalsIgnoreCase(target.getScheme());
		return (target.getPort() >= 0) ? target.getPort() : secure ? 443 : 80;
	}

	private static @Nullable String error(GatewayContext context) {
		HttpStatusCode status = (context.getResponse() != null) ? context.getResponse().getStatusCode() : null;
		return (status != null && status.is5xxServerError()) ? Integer.toString(status.value()) : null;
	}

}
