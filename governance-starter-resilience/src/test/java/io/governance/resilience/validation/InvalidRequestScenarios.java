// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.validation;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.governance.resilience.InboundServers;
import io.governance.test.conformance.Contract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What callers are told of requests that are not valid, the same from every server.
 */
@Contract
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InvalidRequestScenarios {

	private static final String ORDER = """
			{"id": "", "items": [{"sku": "a"}, {"sku": "b"}, {"sku": " "}], "card": "4711-secret"}""";

	private final HttpClient client = HttpClient.newHttpClient();

	private final InboundServers server;

	private final ConfigurableApplicationContext application;

	InvalidRequestScenarios(InboundServers server) {
		this.server = server;
		this.application = server.run(Map.of(), ShopApplication.class);
	}

	@AfterAll
	void stop() {
		this.application.close();
	}

	@Test
	void tellsAllFaultsOfABody() throws Exception {
		HttpResponse<String> answer = post("/orders", ORDER);
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(answer.body())
			.startsWith("{\"type\":\"urn:governance:rejection:invalid-request\","
					+ "\"title\":\"Invalid request\",\"status\":400,"
					+ "\"detail\":\"The request is not valid. Violations: 3.\",\"reason\":\"invalid-request\",")
			.contains("\"violations\":[{\"location\":\"body\",\"name\":\"card\",\"message\":\"must match ")
			.contains("{\"location\":\"body\",\"name\":\"id\",\"message\":\"must not be blank\"}")
			.contains("{\"location\":\"body\",\"name\":\"items[2].sku\",\"message\":\"must not be blank\"}");
	}

	@Test
	void neverEchoesTheValue() throws Exception {
		assertThat(post("/orders", ORDER).body()).doesNotContain("4711");
		assertThat(get("/search?size=47-secret").body()).contains("is not of the expected type")
			.doesNotContain("47-secret");
	}

	@Test
	void speaksTheLanguageOfTheRequest() throws Exception {
		assertThat(post("/orders", ORDER, "Accept-Language", "de").body()).contains("darf nicht leer sein");
		assertThat(get("/orders/1?page=0", "x-tenant", " ", "Cookie", "lang=de", "Accept-Language", "de").body())
			.contains("darf nicht leer sein");
	}

	@Test
	void namesTheElementOfAListThatIsTheBody() throws Exception {
		assertThat(
				post("/orders/bulk", "[{\"id\":\"1\",\"items\":[]}, {\"id\":\"\",\"items\":[{\"sku\":\"\"}]}]").body())
			.contains("\"location\":\"body\",\"name\":\"[1].id\"")
			.contains("\"location\":\"body\",\"name\":\"[1].items[0].sku\"");
	}

	@Test
	void tellsFaultsOfPathQueryHeaderAndCookieAtOnce() throws Exception {
		HttpResponse<String> answer = get("/orders/1?page=9", "x-tenant", " ", "Cookie", "lang=german");
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("{\"location\":\"cookie\",\"name\":\"lang\",")
			.contains("{\"location\":\"header\",\"name\":\"x-tenant\",")
			.contains("{\"location\":\"path\",\"name\":\"id\",")
			.contains("{\"location\":\"query\",\"name\":\"page\",\"message\":\"must be less than or equal to 5\"}");
	}

	@Test
	void tellsFaultsOfAnObjectMadeOfTheQueryOrOfAForm() throws Exception {
		assertThat(get("/search?size=0&item.sku=").body()).contains("{\"location\":\"query\",\"name\":\"size\",")
			.contains("{\"location\":\"query\",\"name\":\"item.sku\",");
		assertThat(send(request("/search", "Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString("size=0"))).body())
			.contains("{\"location\":\"body\",\"name\":\"size\",");
	}

	@Test
	void tellsFaultsOfTheParametersOfAValidatedController() throws Exception {
		HttpResponse<String> answer = get("/checked/1?page=0");
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("{\"location\":\"path\",\"name\":\"id\",")
			.contains("{\"location\":\"query\",\"name\":\"page\",");
		assertThat(post("/checked", ORDER).body()).contains("{\"location\":\"body\",\"name\":\"items[2].sku\",");
	}

	@Test
	void takesTheFaultsOfWhatAHandlerReturnsOrCallsForItsOwn() throws Exception {
		// WebFlux does not look at what a handler returns
		assertThat(get("/returned").statusCode()).isIn(200, 500);
		assertThat(get("/checked-return").statusCode()).isEqualTo(500);
		assertThat(get("/checked-service").statusCode()).isEqualTo(500);
	}

	@Test
	void tellsWhatAHandlerFoundByItself() throws Exception {
		HttpResponse<String> answer = get("/bound");
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("\"name\":\"\",\"message\":\"is closed\"");
	}

	@Test
	void leavesExceptionHandlersOfTheApplicationAlone() throws Exception {
		HttpResponse<String> answer = post("/own", ORDER);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("mine");
	}

	@Test
	void leavesBrowsersToTheErrorPage() throws Exception {
		HttpResponse<String> answer = get("/checked/1?page=0", "Accept", "text/html,*/*;q=0.8");
		assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
	}

	@Test
	void letsValidRequestsPass() throws Exception {
		assertThat(post("/orders", "{\"id\":\"1\",\"items\":[{\"sku\":\"a\"}]}").body()).isEqualTo("1");
		assertThat(get("/checked/abc?page=1").body()).isEqualTo("abc1");
	}

	private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
		return send(request(path, headers));
	}

	private HttpResponse<String> post(String path, String body, String... headers)
			throws IOException, InterruptedException {
		return send(request(path, headers).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	private HttpRequest.Builder request(String path, String... headers) {
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create("http://localhost:" + this.server.port(this.application) + path));
		return (headers.length > 0) ? request.headers(headers) : request;
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
	}

}
