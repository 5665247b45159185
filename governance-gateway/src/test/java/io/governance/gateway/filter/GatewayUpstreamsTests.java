// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;

import io.governance.tracing.accesslog.Upstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;

import static org.assertj.core.api.Assertions.assertThat;

class GatewayUpstreamsTests {

	private final Map<String, Object> attributes = new HashMap<>();

	@Test
	void aRequestWithoutARouteGoesNowhere() {
		assertThat(upstream()).isEqualTo(new Upstream(null, null, null, 0));
	}

	@Test
	void aCallThatIsRejectedBeforeAnyAttemptHasNone() {
		routed("http://orders.example/");
		assertThat(upstream()).isEqualTo(new Upstream("orders", "orders.example", null, 0));
	}

	@ParameterizedTest
	@CsvSource({ "http://bob:s3cret@10.0.0.1:8080/x, 10.0.0.1:8080", "http://10.0.0.1/, 10.0.0.1:80",
			"wss://[::1]/, [::1]:443", "https://h:8443/, h:8443", "lb://orders," })
	void theLastInstanceIsNamedByHostAndPort(String target, String host) {
		routed("lb://orders");
		this.attributes.put(GatewayUpstreams.ATTEMPT, 2);
		this.attributes.put(GatewayUpstreams.TARGET, URI.create(target));
		assertThat(upstream()).isEqualTo(new Upstream("orders", "orders", host, 2));
	}

	@Test
	void whatIsNotGovernedIsSentOnce() {
		routed("http://10.0.0.1:8080/");
		this.attributes.put(ServerWebExchangeUtils.GATEWAY_ALREADY_ROUTED_ATTR, true);
		assertThat(upstream()).isEqualTo(new Upstream("orders", "10.0.0.1", "10.0.0.1:8080", 1));
	}

	private void routed(String uri) {
		this.attributes.put(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR,
				Route.async().id("orders").uri(uri).predicate((exchange) -> true).build());
		this.attributes.put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, URI.create(uri));
	}

	private Upstream upstream() {
		return new GatewayUpstreams().of(this.attributes);
	}

}
