// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The program with a real port and a real directory.
 */
class ConfigServerIntegrationTests {

	private static final String WITH_ORIGINS = "application/vnd.spring-cloud.config-server.v2+json";

	@TempDir
	Path directory;

	private final HttpClient client = HttpClient.newHttpClient();

	private ConfigurableApplicationContext server;

	@BeforeEach
	void start() {
		this.server = new SpringApplication(ConfigServerApplication.class).run("--server.port=0",
				"--governance.config-server.directory=" + this.directory);
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void servesValuesWithTheirFileAndLine() throws Exception {
		write("orders.yml", "a: 1\nb: [x]\n");
		String body = awaitBody("/orders/default", "orders.yml");
		assertThat(body).contains("\"a\":{\"value\":1,\"origin\":\"1:4\"}",
				"\"b[0]\":{\"value\":\"x\",\"origin\":\"2:5\"}");
	}

	@Test
	void theWatchAnswersWithinASecondOfAChangeWithTheRevisionThatIsServed() throws Exception {
		write("orders.yml", "a: 1");
		String revision = revision(awaitBody("/orders/default", "orders.yml"), "version");
		CompletableFuture<HttpResponse<String>> watch = watch("orders", revision, "20s");
		assertThat(watch).isNotDone();
		write("orders.yml", "a: 2");
		String seen = revision(watch.get(1, TimeUnit.SECONDS).body(), "revision");
		assertThat(seen).isNotEqualTo(revision);
		String body = get("/orders/default").body();
		assertThat(revision(body, "version")).isEqualTo(seen);
		assertThat(body).contains("\"value\":2");
	}

	@Test
	void theWatchOfAnUnchangedServiceEndsWith304() throws Exception {
		String revision = revision(get("/governance/watch/orders/default").body(), "revision");
		assertThat(watch("orders", revision, "100ms").get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(304);
	}

	@Test
	void aWaitThatIsNoDurationIsRefused() throws Exception {
		assertThat(get("/governance/watch/orders/default?wait=soon").statusCode()).isEqualTo(400);
		assertThat(get("/governance/watch/orders/default?wait=-1s").statusCode()).isEqualTo(400);
	}

	@Test
	void aBrokenFileIsAClearErrorForItsServiceOnly() throws Exception {
		write("orders.yml", "a: 1\n  b: [");
		Awaitility.await()
			.atMost(Duration.ofSeconds(5))
			.untilAsserted(() -> assertThat(get("/orders/default").statusCode()).isEqualTo(500));
		assertThat(get("/orders/default").body()).contains("\"title\":\"Faulty configuration\"", "orders.yml: ",
				"line 2");
		assertThat(get("/payments/default").statusCode()).isEqualTo(200);
		assertThat(get("/actuator/health").body()).contains("faultyFiles", "\"status\":\"UP\"");
	}

	@Test
	void onlyWhatIsMeantToBeIsExposed() throws Exception {
		assertThat(get("/actuator/env").statusCode()).isEqualTo(404);
		assertThat(get("/encrypt/status").statusCode()).isEqualTo(404);
		assertThat(get("/orders-default.yml").statusCode()).isEqualTo(404);
		assertThat(get("/actuator/prometheus").body()).contains("governance_config_server_waiters");
	}

	@Test
	void stoppingDoesNotWaitForHeldWatches() throws Exception {
		String revision = revision(get("/governance/watch/orders/default").body(), "revision");
		CompletableFuture<HttpResponse<String>> watch = watch("orders", revision, "60s");
		Awaitility.await()
			.untilAsserted(() -> assertThat(get("/actuator/prometheus").body())
				.contains("governance_config_server_waiters 1.0"));
		this.server.close();
		assertThat(watch.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
	}

	private void write(String name, String text) throws IOException {
		Files.writeString(this.directory.resolve(name), text);
	}

	private String awaitBody(String path, String expected) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(5))
			.until(() -> get(path).body(), (body) -> body.contains(expected));
	}

	private CompletableFuture<HttpResponse<String>> watch(String application, String revision, String wait) {
		return this.client.sendAsync(
				request("/governance/watch/" + application + "/default?revision=" + revision + "&wait=" + wait),
				HttpResponse.BodyHandlers.ofString());
	}

	private HttpResponse<String> get(String path) throws Exception {
		return this.client.send(request(path), HttpResponse.BodyHandlers.ofString());
	}

	private HttpRequest request(String path) {
		String port = this.server.getEnvironment().getProperty("local.server.port");
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
		return (path.contains("actuator") ? request : request.header("accept", WITH_ORIGINS + ", application/json"))
			.build();
	}

	private static String revision(String body, String key) {
		return body.replaceAll("(?s).*\"" + key + "\":\"([0-9a-f]+)\".*", "$1");
	}

}
