// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.web;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class RequestPathFilterTests {

	@ParameterizedTest
	@ValueSource(strings = { "/orders/default", "/orders/eu,prod", "/orders/default/main",
			"/orders/default/feature(_)one", "/com.acme.orders/default", "/governance/watch/orders/default",
			"/governance/watch/orders/default/main", "/actuator/health/liveness", "/actuator",
			"/governance/prometheus/targets" })
	void letsInTheProtocolTheWatchAndTheActuator(String path) throws Exception {
		assertThat(status("GET", path)).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/orders/../etc", "/orders/%2e%2e", "/orders/a%2fb", "/orders/default;a=b",
			"/orders//default", "/orders/default/", "/orders/default/file:x", "/orders/a\\b", "/-orders/default",
			"/orders/(_)", "/orders/default/(_)etc", "/.git/config", "/actuator/%65nv", "/actuator//env", "/orders/ü",
			"/orders/$a", "/orders/#a", "/governance/watch/orders/..%2f" })
	void refusesWhatIsNotAName(String path) throws Exception {
		assertThat(status("GET", path)).isEqualTo(400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/orders", "/orders-default.yml", "/orders/default.yml", "/main/orders-default.json",
			"/orders/default/main/nginx.conf", "/orders/default/file.properties", "/encrypt", "/decrypt/a",
			"/encrypt/status", "/key/orders", "/governance/other", "/governance/prometheus",
			"/governance/prometheus/targets/" })
	void knowsNoOtherEndpoints(String path) throws Exception {
		assertThat(status("GET", path)).isEqualTo(404);
	}

	@Test
	void refusesLongNamesAndPaths() throws Exception {
		assertThat(status("GET", "/orders/" + "x".repeat(201))).isEqualTo(400);
		assertThat(status("GET", "/orders/" + "x/".repeat(300))).isEqualTo(400);
	}

	@Test
	void refusesToBeWrittenTo() throws Exception {
		assertThat(status("POST", "/orders/default")).isEqualTo(405);
		assertThat(status("POST", "/governance/prometheus/targets")).isEqualTo(405);
	}

	private static int status(String method, String path) throws Exception {
		MockHttpServletResponse response = new MockHttpServletResponse();
		new RequestPathFilter().doFilter(new MockHttpServletRequest(method, path), response, new MockFilterChain());
		return response.getStatus();
	}

}
