// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import java.net.URI;

import io.micrometer.common.KeyValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.cloud.gateway.filter.headers.observation.GatewayContext;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

class AttemptObservationConventionTests {

	@ParameterizedTest
	@CsvSource({ "http://orders/x, 80", "https://orders/x, 443", "wss://orders/x, 443", "http://orders:8081/x, 8081" })
	void theTargetsPortIsThatOfItsSchemeWhereItNamesNone(URI target, String port) {
		MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/x"));
		exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, target);
		GatewayContext context = new GatewayContext(new HttpHeaders(), exchange.getRequest(), exchange);
		assertThat(new AttemptObservationConvention().getHighCardinalityKeyValues(context))
			.contains(KeyValue.of("server.address", "orders"), KeyValue.of("server.port", port));
	}

}
