// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.storefront.tracecontext;

import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.governance.demo.storefront.tracecontext.Harness.Callback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class TraceContextTestIntegrationTests {

	private static final Harness harness = new Harness();

	@LocalServerPort
	private int port;

	@AfterAll
	static void stop() {
		harness.close();
	}

	@AfterEach
	void answerAgain() {
		harness.answers(200);
	}

	@ParameterizedTest
	@MethodSource("io.governance.demo.storefront.tracecontext.SuiteCases#all")
	void callsBackAsTheSpecificationSays(SuiteCase suite) throws Exception {
		Callback callback = callbacks(suite.headers(), 1).get(0);
		assertThat(callback.traceParent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]");
		assertThat(callback.parentId()).isNotEqualTo(SuiteCase.PARENT_ID).isNotEqualTo("0".repeat(16));
		if (suite.joined()) {
			assertThat(callback.traceId()).isEqualTo(SuiteCase.TRACE_ID);
		}
		else {
			assertThat(callback.traceId()).doesNotContain(SuiteCase.TRACE_ID.substring(1, 30))
				.isNotEqualTo("0".repeat(32));
		}
		assertThat(callback.traceState()).isEqualTo(suite.traceState());
	}

	@Test
	void eachOfSeveralCallsIsASpanOfItsOwn() throws Exception {
		List<Callback> joined = callbacks(List.of(Map.entry("traceparent", SuiteCase.PARENT + "-01")), 3);
		assertThat(joined).extracting(Callback::traceId).containsOnly(SuiteCase.TRACE_ID);
		assertThat(joined).extracting(Callback::parentId).doesNotHaveDuplicates();
		List<Callback> begun = callbacks(List.of(), 3);
		assertThat(begun).extracting(Callback::parentId).doesNotHaveDuplicates();
		List<Callback> broken = callbacks(
				List.of(Map.entry("traceparent", "00-00000000000000000000000000000000-1234567890123456-01")), 3);
		assertThat(broken).extracting(Callback::traceId).doesNotContain("0".repeat(32));
		assertThat(broken).extracting(Callback::parentId).doesNotHaveDuplicates();
	}

	@Test
	void argumentsAreTheBodySoThatServicesCallEachOther() throws Exception {
		HttpResponse<String> response = post("""
				[{"url": "%s", "arguments": [{"url": "%s", "arguments": []}]}, {"url": "%s", "arguments": []}]"""
			.formatted(endpoint(), harness.url("/inner"), harness.url("/outer")));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(harness.callbacks()).extracting(Callback::path).containsExactly("/inner", "/outer");
		assertThat(harness.callbacks()).extracting(Callback::body).containsOnly("[]");
		assertThat(harness.callbacks()).extracting(Callback::traceId)
			.containsOnly(harness.callbacks().get(0).traceId());
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://192.0.2.1/", "http://0.0.0.0/", "http://[2001:db8::1]/",
			"http://no-such-host.invalid/", "https://127.0.0.1/", "file:///etc/passwd", "http://user@127.0.0.1/",
			"http:///", "//127.0.0.1/", "127.0.0.1", "http://127.0.0.1 /", "" })
	void callsNothingButThisMachine(String url) throws Exception {
		HttpResponse<String> response = post("""
				[{"url": "%s", "arguments": []}, {"url": "%s", "arguments": []}]""".formatted(harness.url("/"), url));
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(response.body()).contains("url: " + url + " (expected: http://HOST");
		assertThat(harness.callbacks()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "null", "no json", "[1]", "[{}]", "[{\"url\": 1, \"arguments\": []}]",
			"[{\"url\": \"http://127.0.0.1/\"}]", "[{\"url\": \"http://127.0.0.1/\", \"arguments\": {}}]" })
	void refusesWhatIsNoListOfCalls(String body) throws Exception {
		HttpResponse<String> response = post(body);
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(response.body()).contains("(expected: ");
	}

	@Test
	void refusesTooMuch() throws Exception {
		String call = "{\"url\": \"" + harness.url("/") + "\", \"arguments\": []}";
		String many = "[" + (call + ",").repeat(RequestedCall.MAX_CALLS) + call + "]";
		String large = "[" + " ".repeat(TraceContextTestController.MAX_BODY) + "]";
		String deep = "[]";
		for (int depth = 0; depth < RequestedCall.MAX_DEPTH; depth++) {
			deep = "[{\"url\": \"" + harness.url("/") + "\", \"arguments\": " + deep + "}]";
		}
		for (String body : List.of(many, large, deep)) {
			assertThat(post(body).statusCode()).isEqualTo(400);
			assertThat(harness.callbacks()).isEmpty();
		}
	}

	@Test
	void followsNoRedirectAndGoesOnAfterAFailure() throws Exception {
		harness.answers(307);
		HttpResponse<String> response = post("""
				[{"url": "http://127.0.0.1:1/", "arguments": []}, {"url": "%s", "arguments": []}]"""
			.formatted(harness.url("/first")));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).contains("\"failed: ", "\"307\"");
		assertThat(harness.callbacks()).extracting(Callback::path).containsExactly("/first");
	}

	private List<Callback> callbacks(List<Map.Entry<String, String>> headers, int count) throws Exception {
		String call = "{\"url\": \"" + harness.url("/callback") + "\", \"arguments\": []}";
		String body = "[" + String.join(",", Collections.nCopies(count, call)) + "]";
		HttpResponse<String> response = harness.post(endpoint(), body, headers);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		assertThat(harness.callbacks()).hasSize(count);
		return harness.callbacks();
	}

	private HttpResponse<String> post(String body) throws Exception {
		return harness.post(endpoint(), body, List.of());
	}

	private String endpoint() {
		return "http://localhost:" + this.port + "/test";
	}

}
