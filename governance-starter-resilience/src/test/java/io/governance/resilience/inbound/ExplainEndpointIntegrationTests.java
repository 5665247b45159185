// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.inbound;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.governance.resilience.InboundServers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The actuator explains calls, and what it says is what happens to them.
 */
class ExplainEndpointIntegrationTests {

	private final HttpClient http = HttpClient.newHttpClient();

	private final JsonMapper json = new JsonMapper();

	private static ConfigurableApplicationContext start(InboundServers server) {
		Map<String, String> properties = new HashMap<>(Map.of("management.endpoints.web.exposure.include", "governance",
				"governance.rules.rate-limit.users.limit", "1", "governance.rules.rate-limit.users.per", "1h",
				"governance.rules.rate-limit.users.key", "header:x-user", "governance.rules.rate-limit.tried.limit",
				"1", "governance.rules.rate-limit.tried.per", "1h", "governance.rules.rate-limit.tried.enforcement",
				"SHADOW"));
		properties.put("governance.rules.rate-limit.posts.limit", "1");
		properties.put("governance.rules.rate-limit.posts.match.methods", "POST");
		properties.put("governance.rules.circuit-breaker.inventory.match.service", "inventory");
		return server.run(properties,
				(server == InboundServers.NETTY) ? ReactiveApplication.class : ServletApplication.class);
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return this.http.send(request.build(), BodyHandlers.ofString());
	}

	private static HttpRequest.Builder at(int port, String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
	}

	private List<String> rules(HttpResponse<String> answer) {
		List<String> rules = new ArrayList<>();
		this.json.readTree(answer.body()).get("steps").forEach((step) -> rules.add(step.get("rule").asString()));
		return rules;
	}

	private HttpResponse<String> explain(int port, String body) throws Exception {
		return send(at(port, "/actuator/governance/explain").header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(body)));
	}

	@ParameterizedTest
	@EnumSource
	void whatIsExplainedIsWhatHappens(InboundServers server) throws Exception {
		try (ConfigurableApplicationContext context = start(server)) {
			int port = server.port(context);
			String ann = "{\"path\": \"/hello\", \"headers\": \"x-user: ann\\nauthorization: Bearer s3cret\"}";
			for (int i = 0; i < 3; i++) {
				assertThat(this.json.readTree(explain(port, ann).body()).at("/outcome/verdict").asString())
					.isEqualTo("ADMIT");
			}
			assertThat(send(at(port, "/hello").header("x-user", "ann")).statusCode()).isEqualTo(200);
			HttpResponse<String> answer = explain(port, ann);
			JsonNode explained = this.json.readTree(answer.body());
			HttpResponse<String> rejected = send(at(port, "/hello").header("x-user", "ann"));
			assertThat(rejected.statusCode()).isEqualTo(explained.at("/outcome/status").asInt()).isEqualTo(429);
			assertThat(explained.at("/outcome/verdict").asString()).isEqualTo("REJECT");
			assertThat(explained.at("/outcome/rule").asString()).isEqualTo("rate-limit/users");
			assertThat(explained.at("/outcome/reason").asString()).isEqualTo("rate-limited");
			assertThat(answer.body()).doesNotContain("s3cret")
				.contains("\"rate-limit/tried\"", "match.methods does not hold");
			assertThat(this.json.readTree(explain(port, ann.replace("ann", "bob")).body())
				.at("/outcome/verdict")
				.asString()).isEqualTo("ADMIT");
		}
	}

	@ParameterizedTest
	@EnumSource
	void theChainOfAnOperationIsListedInOrder(InboundServers server) throws Exception {
		try (ConfigurableApplicationContext context = start(server)) {
			int port = server.port(context);
			HttpResponse<String> chain = send(
					at(port, "/actuator/governance/chain?direction=inbound&method=POST&path=/x"));
			assertThat(rules(chain)).containsExactly("load-shedding/default", "rate-limit/posts", "rate-limit/tried",
					"rate-limit/users");
			HttpResponse<String> outbound = send(at(port, "/actuator/governance/chain?service=inventory"));
			assertThat(rules(outbound)).containsSubsequence("timeout/default", "retry/default",
					"circuit-breaker/inventory");
			assertThat(send(at(port, "/actuator/governance/other")).statusCode()).isEqualTo(404);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TOMCAT", "NETTY" })
	void aFieldOfAnotherFormIsNamed(InboundServers server) throws Exception {
		Map<String, String> faults = Map.of("direction", "sideways", "path", "/a?b=c", "method", "G T", "priority",
				"high", "headers", "no-colon", "labels", "lane", "clientIp", "home");
		try (ConfigurableApplicationContext context = start(server)) {
			for (Map.Entry<String, String> fault : faults.entrySet()) {
				HttpResponse<String> answer = explain(server.port(context),
						this.json.writeValueAsString(Map.of(fault.getKey(), fault.getValue())));
				assertThat(answer.statusCode()).isEqualTo(400);
				JsonNode told = this.json.readTree(answer.body());
				assertThat(told.get("field").asString()).isEqualTo(fault.getKey());
				assertThat(told.get("expected").asString()).isNotBlank();
			}
		}
	}

	@RestController
	static class Hello {

		@GetMapping("/hello")
		String hello() {
			return "hello";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class ServletApplication {

		@Bean
		Hello hello() {
			return new Hello();
		}

		@Bean
		SecurityFilterChain open(HttpSecurity security) throws Exception {
			return security.csrf((csrf) -> csrf.disable()).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class ReactiveApplication {

		@Bean
		Hello hello() {
			return new Hello();
		}

		@Bean
		SecurityWebFilterChain open(ServerHttpSecurity security) {
			return security.csrf(ServerHttpSecurity.CsrfSpec::disable).build();
		}

	}

}
