// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.resilience.autoconfigure.GovernanceOutboundAutoConfiguration;
import io.governance.test.Reply;
import io.governance.test.ScriptedUpstream;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GovernedRetryStrategy}, in the client that Spring Boot builds.
 */
class GovernedRetryStrategyTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withPropertyValues("spring.http.clients.imperative.factory=http-components")
		.withConfiguration(
				AutoConfigurations.of(HttpClientAutoConfiguration.class, ImperativeHttpClientAutoConfiguration.class,
						GovernanceAutoConfiguration.class, GovernanceOutboundAutoConfiguration.class));

	@Test
	void aGovernedCallIsNotRepeatedByTheClient() {
		this.contextRunner.run((context) -> {
			ClientHttpRequestFactoryBuilder<?> builder = context.getBean(ClientHttpRequestFactoryBuilder.class);
			assertThat(builder).isInstanceOf(HttpComponentsClientHttpRequestFactoryBuilder.class);
			try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
				upstream.script(Reply.status(503));
				int status = RestClient.builder()
					.requestFactory(builder.build())
					.build()
					.get()
					.uri(upstream.uri())
					.header("x-governance-attempt", "1")
					.exchangeForRequiredValue((request, response) -> response.getStatusCode().value());
				assertThat(status).isEqualTo(503);
				assertThat(upstream.requests()).hasSize(1);
			}
		});
	}

}
