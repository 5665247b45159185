// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.e2e;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the demo's traces look like in one kind of backend. The demo is started once; each
 * test leaves it as it found it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TraceJourney {

	private static final Duration EXPORTED = Duration.ofSeconds(20);

	private static final String CALLER_SPAN = "a2fb4a1d1a96d312";

	private final Http http = new Http();

	private Demo demo;

	/**
	 * Starts a demo whose spans go to the backend.
	 * @return the demo; {@code null} where the backend cannot be had
	 */
	abstract @Nullable Demo start();

	/**
	 * Reads what the backend has of a trace so far.
	 * @param demo the demo
	 * @param http a client
	 * @param traceId the trace's id
	 * @return the spans
	 */
	abstract List<RecordedSpan> spans(Demo demo, Http http, String traceId);

	@BeforeAll
	void up() {
		this.demo = start();
	}

	@AfterAll
	void down() {
		if (this.demo != null) {
			this.demo.close();
		}
	}

	@Test
	void anOrderIsOneTraceWithAllHops() {
		HttpResponse<String> answer = order();
		assertThat(answer.statusCode()).isEqualTo(201);
		RecordedTrace trace = traceOf(answer, "inventory SERVER", "payments SERVER", "gateway SERVER");
		assertThat(trace.orphans()).singleElement().satisfies((root) -> {
			assertThat(root.service()).isEqualTo("gateway");
			assertThat(root.kind()).isEqualTo("SERVER");
			assertThat(root.parentId()).isNull();
		});
		assertThat(trace.calls()).containsExactly("gateway CLIENT > storefront SERVER",
				"orders CLIENT > inventory SERVER", "orders CLIENT > payments SERVER",
				"storefront CLIENT > orders SERVER");
		assertThat(trace.spans()).extracting(RecordedSpan::id).doesNotHaveDuplicates();
		assertThat(trace.spans()).noneMatch(RecordedSpan::error);
	}

	@Test
	void aFurtherAttemptIsASiblingOfTheFailedOne() {
		String written = this.demo.readConfig(Demo.RULES);
		// of two orders in a row each instance gets one
		this.demo.applyRules(this.http, written + """
				    load-balancing:
				      inventory: {match: {service: inventory}, algorithm: round-robin}
				""");
		this.demo.run("kill", "inventory-1");
		List<HttpResponse<String>> answers = List.of(order(), order());
		assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(201);
		List<RecordedSpan> attempts = answers.stream()
			.flatMap((answer) -> traceOf(answer, "payments SERVER", "gateway SERVER").attempts("orders", 2).stream())
			.toList();
		// of the other order too, where the first one broke on a connection that was kept
		assertThat(attempts).hasSizeBetween(2, 4);
		RecordedSpan failed = attempts.get(0);
		RecordedSpan further = attempts.get(1);
		assertThat(List.of(failed.tags().get("governance.attempt"), further.tags().get("governance.attempt")))
			.containsExactly("1", "2");
		assertThat(further.parentId()).isEqualTo(failed.parentId());
		assertThat(failed.error()).isTrue();
		assertThat(further.error()).isFalse();
		assertThat(failed.tags().get("server.port")).isNotEqualTo(further.tags().get("server.port"));
		this.demo.run("start", "inventory-1");
		this.demo.applyRules(this.http, written);
	}

	@Test
	void anErrorIsMarkedOnEveryHop() {
		this.demo.run("kill", "payments");
		HttpResponse<String> answer = await().atMost(Duration.ofSeconds(30))
			.until(this::order, (response) -> response.statusCode() >= 500);
		RecordedTrace trace = traceOf(answer, "orders SERVER", "gateway SERVER");
		for (String service : List.of("gateway", "storefront", "orders")) {
			assertThat(trace.spans())
				.filteredOn((span) -> span.service().equals(service) && span.kind().equals("SERVER"))
				.isNotEmpty()
				.allMatch(RecordedSpan::error);
		}
		this.demo.run("start", "payments");
		await().atMost(Duration.ofSeconds(60)).until(() -> order().statusCode() == 201);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					463ac35c9f6413ad48485a3953bb6124 | b3: 463ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d312-1
					563ac35c9f6413ad48485a3953bb6124 | X-B3-TraceId: 563ac35c9f6413ad48485a3953bb6124, X-B3-SpanId: a2fb4a1d1a96d312, X-B3-Sampled: 1
					""")
	void aB3CallerIsAccepted(String traceId, String headers) {
		HttpResponse<String> answer = this.http.post(this.demo.url("storefront") + "/orders", Load.ORDER,
				headers.split("[:,] +"));
		assertThat(answer.statusCode()).isEqualTo(201);
		assertThat(answer.headers().firstValue("X-Trace-Id")).hasValue(traceId);
		RecordedTrace trace = traceOf(answer, "payments SERVER", "storefront SERVER");
		assertThat(trace.orphans()).isNotEmpty()
			.allSatisfy((span) -> assertThat(List.of(span.service(), span.kind(), String.valueOf(span.parentId())))
				.containsExactly("storefront", "SERVER", CALLER_SPAN));
	}

	private HttpResponse<String> order() {
		return this.http.post(this.demo.url("gateway") + "/api/orders", Load.ORDER);
	}

	/**
	 * Waits until these spans have come, and the parents of all but one.
	 */
	private RecordedTrace traceOf(HttpResponse<String> answer, String... expected) {
		String traceId = answer.headers().firstValue("X-Trace-Id").orElseThrow();
		return await().atMost(EXPORTED)
			.pollInterval(Duration.ofMillis(250))
			.until(() -> new RecordedTrace(spans(this.demo, this.http, traceId)),
					(found) -> has(found, expected) && found.orphans().size() == 1);
	}

	private static boolean has(RecordedTrace trace, String... expected) {
		List<String> ends = trace.spans().stream().map((span) -> span.service() + " " + span.kind()).toList();
		return ends.containsAll(List.of(expected));
	}

}
