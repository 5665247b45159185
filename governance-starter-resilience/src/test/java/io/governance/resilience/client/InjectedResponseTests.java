// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import org.springframework.http.HttpStatusCode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InjectedResponse}.
 */
class InjectedResponseTests {

	@Test
	void saysWhichRuleGaveItAndHasNoBody() throws IOException {
		try (InjectedResponse response = new InjectedResponse(503, "fault/one")) {
			assertThat(response.getStatusCode()).isEqualTo(HttpStatusCode.valueOf(503));
			assertThat(response.getStatusText()).isEqualTo("Service Unavailable");
			assertThat(response.getHeaders().getFirst("x-governance-fault")).isEqualTo("fault/one");
			assertThat(response.getHeaders().getContentLength()).isZero();
			assertThat(response.getBody()).isEmpty();
		}
	}

	@Test
	void aStatusThatNobodyKnowsHasNoText() {
		try (InjectedResponse response = new InjectedResponse(599, "fault/one")) {
			assertThat(response.getStatusText()).isEmpty();
		}
	}

}
