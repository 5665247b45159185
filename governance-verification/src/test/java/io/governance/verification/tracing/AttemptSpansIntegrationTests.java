// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.tracing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

import brave.Span.Kind;
import brave.handler.MutableSpan;
import io.governance.test.ReceivedRequest;
import io.governance.test.Reply;
import io.governance.test.ScriptedUpstream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class AttemptSpansIntegrationTests {

	private static final String CALLER = "b7ad6b7169203331";

	private static ScriptedUpstream upstream;

	private static ConfigurableApplicationContext application;

	private final String traceId = UUID.randomUUID().toString().replace("-", "");

	@BeforeAll
	static void start() {
		upstream = ScriptedUpstream.start();
		application = new SpringApplicationBuilder(CallingApplication.class).run("--spring.config.name=none",
				"--server.port=0", "--server.address=127.0.0.1", "--upstream=" + upstream.uri(),
				"--governance.tracing.mdc=lane", "--management.tracing.sampling.probability=1.0",
				"--spring.cloud.discovery.client.simple.instances.inventory[0].uri=" + upstream.uri(),
				"--spring.cloud.discovery.client.simple.instances.nobody[0].uri=http://127.0.0.1:1",
				"--spring.http.serviceclient.inventory.base-url=lb://inventory",
				"--governance.resilience.outbound.hosts=127.0.0.1",
				"--governance.rules.circuit-breaker.inventory.match.service=inventory",
				"--governance.rules.retry.inventory.match.service=inventory",
				"--governance.rules.retry.inventory.attempts=2",
				"--governance.rules.retry.inventory.retry-on=503,reset",
				"--governance.rules.retry.inventory.backoff.base=5ms",
				"--governance.rules.retry.nobody.match.service=nobody", "--governance.rules.retry.nobody.attempts=2",
				"--governance.rules.retry.nobody.retry-on=connect");
	}

	@AfterAll
	static void stop() {
		application.close();
		upstream.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/rest-client", "/rest-template", "/web-client", "/http-service" })
	void attemptsAreSiblingsBelowTheCall(String path) throws Exception {
		upstream.script(Reply.status(503), Reply.ok());
		int before = upstream.requests().size();
		get(path, "01");
		MutableSpan server = span((span) -> span.kind() == Kind.SERVER);
		MutableSpan call = span((span) -> isClient(span) && span.parentId().equals(server.id()));
		List<MutableSpan> attempts = attempts(call);
		assertThat(server.parentId()).isEqualTo(CALLER);
		assertThat(call.tag("uri")).isEqualTo("/");
		assertThat(attempts).extracting((span) -> span.tag("governance.attempt")).containsExactly("1", "2");
		assertThat(attempts).extracting((span) -> span.tag("error")).containsExactly("503", null);
		assertThat(attempts).extracting((span) -> span.tag("status")).containsExactly("503", "200");
		assertThat(attempts).allSatisfy((span) -> {
			assertThat(span.kind()).isEqualTo(Kind.CLIENT);
			assertThat(span.remoteServiceName()).isEqualTo("inventory");
			assertThat(span.tag("server.port")).isEqualTo(Integer.toString(upstream.port()));
		});
		assertThat(received(before)).extracting((request) -> request.header("traceparent"))
			.containsExactly(onTheWire(attempts.get(0)), onTheWire(attempts.get(1)));
		assertThat(received(before)).extracting((request) -> request.header("baggage")).containsOnly("lane=blue");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/rest-client-to-nobody", "/web-client-to-nobody" })
	void anAttemptWithoutAResponseIsMarked(String path) throws Exception {
		get(path, "01");
		MutableSpan call = span((span) -> isClient(span) && span.tag("governance.attempt") == null);
		assertThat(call.error()).isNotNull();
		assertThat(attempts(call)).extracting((span) -> span.error() != null).containsExactly(true, true);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/rest-client", "/rest-template", "/web-client", "/http-service" })
	void contextIsKeptThroughBreakerAndRetry(String path) throws Exception {
		upstream.script(Reply.status(503), Reply.ok());
		int before = upstream.requests().size();
		CallingApplication calling = application.getBean(CallingApplication.class);
		calling.attempts();
		String seen = get(path, "01");
		assertThat(seen).isEqualTo(this.traceId + " blue blue alice in time");
		assertThat(calling.attempts()).hasSize(2).containsOnly(seen);
		assertThat(received(before)).hasSize(2)
			.allSatisfy((request) -> assertThat(timeout(request)).isBetween(1L, 20_000L));
	}

	@Test
	void contextIsKeptInAFeignClientAndSent() throws Exception {
		CallingApplication calling = application.getBean(CallingApplication.class);
		calling.attempts();
		int before = upstream.requests().size();
		String seen = get("/feign", "01");
		assertThat(seen).isEqualTo(this.traceId + " blue blue alice in time");
		assertThat(calling.attempts()).containsExactly(seen);
		MutableSpan server = span((span) -> span.kind() == Kind.SERVER);
		MutableSpan call = span(AttemptSpansIntegrationTests::isClient);
		assertThat(call.parentId()).isEqualTo(server.id());
		assertThat(received(before)).singleElement().satisfies((request) -> {
			assertThat(request.header("traceparent")).isEqualTo(onTheWire(call));
			assertThat(request.header("baggage")).isEqualTo("lane=blue");
			assertThat(timeout(request)).isBetween(1L, 20_000L);
		});
	}

	@Test
	void aTraceThatIsNotRecordedHasNoAttemptsOfItsOwn() throws Exception {
		int before = upstream.requests().size();
		get("/rest-client", "00");
		assertThat(received(before)).singleElement()
			.satisfies((request) -> assertThat(request.header("traceparent")).startsWith("00-" + this.traceId)
				.endsWith("-00"));
	}

	private String get(String path, String flags) throws Exception {
		URI uri = URI
			.create("http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port") + path);
		HttpRequest request = HttpRequest.newBuilder(uri)
			.timeout(Duration.ofSeconds(30))
			.headers("traceparent", "00-" + this.traceId + "-" + CALLER + "-" + flags, "baggage", "lane=blue",
					"x-governance-timeout-ms", "20000")
			.build();
		HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(200);
		return response.body();
	}

	private MutableSpan span(Predicate<MutableSpan> which) {
		return application.getBean(RecordedSpans.class).one(this.traceId, which);
	}

	private List<MutableSpan> attempts(MutableSpan call) {
		RecordedSpans spans = application.getBean(RecordedSpans.class);
		Awaitility.await()
			.until(() -> spans.all(this.traceId, (span) -> call.id().equals(span.parentId())).size() == 2);
		return spans.all(this.traceId, (span) -> call.id().equals(span.parentId()));
	}

	private List<ReceivedRequest> received(int before) {
		return upstream.requests().subList(before, upstream.requests().size());
	}

	private static long timeout(ReceivedRequest request) {
		return Long.parseLong(String.valueOf(request.header("x-governance-timeout-ms")));
	}

	private static boolean isClient(MutableSpan span) {
		return span.kind() == Kind.CLIENT;
	}

	private static String onTheWire(MutableSpan span) {
		return "00-" + span.traceId() + "-" + span.id() + "-01";
	}

}
