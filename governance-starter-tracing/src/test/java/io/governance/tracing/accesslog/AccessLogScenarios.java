// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.spi.ILoggingEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the access log says, the same on every server.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class AccessLogScenarios {

	private ConfigurableApplicationContext context;

	private AccessLogClient client;

	private AccessLines lines;

	abstract Class<?> application();

	abstract WebApplicationType type();

	@BeforeAll
	void start() {
		this.context = new SpringApplicationBuilder(application()).web(type())
			.run("--server.port=0", "--server.address=127.0.0.1", "--spring.application.name=shop",
					"--governance.tracing.access-log.enabled=true", "--governance.tracing.access-log.format=json",
					"--governance.tracing.access-log.headers=Authorization,X-Client,Referer",
					"--governance.tracing.access-log.mask=iban",
					"--governance.tracing.access-log.exclude=/actuator/**");
		this.client = new AccessLogClient(
				Integer.parseInt(this.context.getEnvironment().getProperty("local.server.port")));
	}

	@AfterAll
	void stop() {
		this.context.close();
	}

	@BeforeEach
	void listen() {
		this.lines = new AccessLines();
	}

	@AfterEach
	void everyRequestHasOneLine() throws Exception {
		this.client.get("/hello?last");
		String target = "";
		int others = -1;
		while (!"/hello?last".equals(target)) {
			target = this.lines.json().path("path").asString();
			others++;
		}
		assertThat(others).as("lines besides the last").isZero();
		this.lines.close();
	}

	@Test
	void aLineHasTheFieldsOfTheRequest() throws Exception {
		HttpResponse<String> response = this.client.get("/hello?page=2", "X-Forwarded-For", "203.0.113.9", "User-Agent",
				"test", "X-Request-Id", "r-1");
		ILoggingEvent event = this.lines.next();
		JsonNode line = new JsonMapper().readTree(event.getFormattedMessage());
		assertThat(line.path("method").asString()).isEqualTo("GET");
		assertThat(line.path("path").asString()).isEqualTo("/hello?page=2");
		assertThat(line.path("protocol").asString()).isEqualTo("HTTP/1.1");
		assertThat(line.path("response_code").asInt()).isEqualTo(200);
		assertThat(line.path("bytes_sent").asInt()).isEqualTo(5);
		assertThat(line.path("bytes_received").asInt()).isZero();
		assertThat(line.path("x_forwarded_for").asString()).isEqualTo("203.0.113.9");
		assertThat(line.path("user_agent").asString()).isEqualTo("test");
		assertThat(line.path("x_request_id").asString()).isEqualTo("r-1");
		assertThat(line.path("authority").asString()).startsWith("127.0.0.1:");
		assertThat(line.path("downstream_remote_address").asString()).startsWith("127.0.0.1:");
		assertThat(line.path("downstream_local_address").asString()).isEqualTo(line.path("authority").asString());
		assertThat(line.path("service").asString()).isEqualTo("shop");
		assertThat(line.has("response_flags")).isFalse();
		String trace = response.headers().firstValue("X-Trace-Id").orElseThrow();
		assertThat(line.path("trace_id").asString()).isEqualTo(trace);
		assertThat(line.path("span_id").asString()).hasSize(16);
		assertThat(event.getMDCPropertyMap()).containsEntry("traceId", trace)
			.containsEntry("spanId", line.path("span_id").asString());
	}

	@Test
	void secretsAreMasked() throws Exception {
		this.client.get(
				"/hello?access_token=s3cret&Pass%77ord=s3cret&code=s3cret&iban=s3cret&page=1"
						+ "&next=https%3A%2F%2Fbob%3As3cret%40host%2F",
				"Authorization", "Bearer s3cret", "Cookie", "id=s3cret", "X-Client", "bearer s3cret", "Referer",
				"https://bob:s3cret@host/");
		JsonNode line = this.lines.json();
		assertThat(line.toString()).doesNotContain("s3cret");
		assertThat(line.path("path").asString()).contains("access_token=***", "page=1");
		assertThat(line.path("request_header_authorization").asString()).isEqualTo("***");
		assertThat(line.path("request_header_referer").asString()).isEqualTo("https://***@host/");
	}

	@Test
	void asynchronousRequestsAreLoggedOnceWhenTheyAreComplete() throws Exception {
		this.client.get("/async");
		JsonNode line = this.lines.json();
		assertThat(line.path("response_code").asInt()).isEqualTo(200);
		assertThat(line.path("bytes_sent").asInt()).isEqualTo(4);
		assertThat(line.path("duration").asInt()).isGreaterThanOrEqualTo(40);
		assertThat(line.path("trace_id").asString()).hasSize(32);
	}

	@Test
	void errorsAreLoggedWithTheStatusThatTheClientGot() throws Exception {
		for (Map.Entry<String, Integer> expected : Map.of("/fails", 500, "/missing", 404).entrySet()) {
			HttpResponse<String> response = this.client.get(expected.getKey());
			JsonNode line = this.lines.json();
			assertThat(response.statusCode()).isEqualTo(expected.getValue());
			assertThat(line.path("response_code").asInt()).isEqualTo(expected.getValue());
			assertThat(line.path("bytes_sent").asInt()).isEqualTo(response.body().length());
		}
	}

	@Test
	void bytesOfStreamedBodiesAreCounted() throws Exception {
		assertThat(this.client.get("/stream").body()).hasSize(100_000);
		assertThat(this.lines.json().path("bytes_sent").asInt()).isEqualTo(100_000);
		assertThat(this.client.post("/echo", "x".repeat(70_000), "Content-Type", "text/plain").body()).hasSize(70_000);
		JsonNode echoed = this.lines.json();
		assertThat(echoed.path("bytes_received").asInt()).isEqualTo(70_000);
		assertThat(echoed.path("bytes_sent").asInt()).isEqualTo(70_000);
	}

	@Test
	void aBodyThatIsNotSentIsNotCounted() throws Exception {
		for (String path : List.of("/hello", "/stream", "/missing")) {
			assertThat(this.client.head(path).body()).isEmpty();
			JsonNode line = this.lines.json();
			assertThat(line.path("method").asString()).isEqualTo("HEAD");
			assertThat(line.path("bytes_sent").asLong(-1)).as(path).isZero();
			assertThat(line.has("response_flags")).isFalse();
		}
	}

	@Test
	void aClientThatGoesAwayIsFlagged() throws Exception {
		this.client.abandon("/endless", 10_000);
		JsonNode line = this.lines.json();
		assertThat(line.path("response_flags").asString()).isEqualTo("DC");
		assertThat(line.path("bytes_sent").asLong()).isGreaterThanOrEqualTo(5_000);
	}

	@Test
	void aRejectionIsNamed() throws Exception {
		this.client.get("/rejected");
		JsonNode line = this.lines.json();
		assertThat(line.path("response_code").asInt()).isEqualTo(429);
		assertThat(line.path("response_flags").asString()).isEqualTo("RL");
		assertThat(line.path("response_code_details").asString()).isEqualTo("rate-limited{rate-limit/checkout}");
		assertThat(line.path("reason").asString()).isEqualTo("rate-limited");
		assertThat(line.path("rule").asString()).isEqualTo("rate-limit/checkout");
		assertThat(line.path("caller").asString()).isEqualTo("storefront");
	}

	@Test
	void excludedPathsAreNotLoggedUnlessTheyMayBeAnother() throws Exception {
		this.client.get("/actuator/health");
		this.client.get("/actuator/x;/health");
		assertThat(this.lines.json().path("path").asString()).isEqualTo("/actuator/x;/health");
	}

	@Test
	void controlCharactersCannotForgeALine() throws Exception {
		this.client.get("/hello?x=%0d%0aforged", "User-Agent", "a\tb");
		ILoggingEvent event = this.lines.next();
		assertThat(event.getFormattedMessage()).matches("\\P{Cntrl}+").contains("%0d%0aforged");
	}

}
