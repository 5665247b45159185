// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.propagation;

import java.io.IOException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

class ServletPropagationIntegrationTests {

	private static HttpHop hop;

	@BeforeAll
	static void start() throws IOException {
		hop = new HttpHop(WebApplicationType.SERVLET, Front.class);
	}

	@AfterAll
	static void stop() {
		hop.close();
	}

	@ParameterizedTest
	@MethodSource("io.governance.tracing.propagation.TraceCases#all")
	void followsTheSpecificationOverHttp(TraceCase rule) throws Exception {
		rule.holdsFor(hop.pass(rule.headers()));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(FrontController.class)
	static class Front {

	}

	@RestController
	static class FrontController {

		private final RestClient client;

		FrontController(RestClient.Builder builder, @Value("${back}") String back) {
			this.client = builder.baseUrl(back).build();
		}

		@GetMapping("/")
		String call() {
			return this.client.get().uri("/").retrieve().toBodilessEntity().getStatusCode().toString();
		}

	}

}
