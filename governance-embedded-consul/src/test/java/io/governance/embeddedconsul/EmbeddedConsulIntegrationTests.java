// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.governance.test.consul.ConsulHttp;
import io.governance.test.consul.ConsulHttp.Answer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class EmbeddedConsulIntegrationTests {

	private static final String WEB = "{\"Name\": \"web\", \"Check\": {\"TTL\": \"30s\"}}";

	@TempDir
	private Path directory;

	private EmbeddedConsul consul = EmbeddedConsul.startOnFreePort();

	@AfterEach
	void stop() {
		this.consul.close();
	}

	@Test
	void threeHundredBlockedQueriesHoldNoThreadAndAllWake() {
		http().put("/v1/agent/service/register", WEB);
		long index = http().get("/v1/health/service/web").index();
		List<CompletableFuture<Answer>> blocked = IntStream.range(0, 300)
			.mapToObj((i) -> http().getLater("/v1/health/service/web?passing&wait=1m&index=" + index))
			.toList();
		Awaitility.await().until(() -> this.consul.blockedQueries() == 300);
		assertThat(ownThreads()).hasSizeLessThanOrEqualTo(4);
		assertThat(http().get("/v1/agent/self").status()).isEqualTo(200);
		http().put("/v1/agent/check/pass/service:web");
		for (CompletableFuture<Answer> each : blocked) {
			assertThat(each.orTimeout(10, TimeUnit.SECONDS).join().json()).hasSize(1);
		}
		assertThat(this.consul.blockedQueries()).isZero();
	}

	@Test
	void aClientThatGoesAwayLeavesNoQueryBehind() throws IOException {
		try (Socket socket = new Socket("127.0.0.1", this.consul.port())) {
			socket.getOutputStream()
				.write("GET /v1/kv/key?index=1 HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			Awaitility.await().until(() -> this.consul.blockedQueries() == 1);
		}
		Awaitility.await().until(() -> this.consul.blockedQueries() == 0);
	}

	@Test
	void comesBackOnTheSamePortWithoutRegistrations() {
		int port = this.consul.port();
		http().put("/v1/agent/service/register", WEB);
		http().put("/v1/kv/key", "value");
		this.consul.stop();
		assertThat(this.consul.isRunning()).isFalse();
		this.consul.start();
		assertThat(this.consul.port()).isEqualTo(port);
		assertThat(http().get("/v1/agent/services").json()).isEmpty();
		assertThat(http().get("/v1/kv/key").status()).isEqualTo(404);
	}

	@Test
	void keepsValuesAndTheirIndexesInASnapshot() {
		restartWithSnapshot();
		http().put("/v1/kv/dir/key?flags=7", "value");
		http().put("/v1/agent/service/register", WEB);
		String before = http().get("/v1/kv/dir/key").text();
		this.consul.stop();
		this.consul.start();
		assertThat(http().get("/v1/kv/dir/key").text()).isEqualTo(before);
		assertThat(http().get("/v1/agent/services").json()).isEmpty();
		long index = http().get("/v1/kv/dir/key").index();
		http().put("/v1/kv/dir/other", "value");
		assertThat(http().get("/v1/kv/dir/other").index()).isGreaterThan(index);
	}

	@Test
	void writesTheSnapshotWhileItRuns() {
		Path snapshot = restartWithSnapshot();
		http().put("/v1/kv/key", "value");
		Awaitility.await().untilAsserted(() -> assertThat(snapshot).content().contains("\"key\":\"key\""));
	}

	@Test
	void stoppingEndsBlockedQueriesAtOnceAndLeavesNoThread() {
		CompletableFuture<Answer> blocked = http().getLater("/v1/kv/key?index=1");
		Awaitility.await().until(() -> this.consul.blockedQueries() == 1);
		this.consul.stop();
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> blocked.orTimeout(5, TimeUnit.SECONDS).join())
			.withCauseInstanceOf(IOException.class);
		Awaitility.await().untilAsserted(() -> assertThat(ownThreads()).isEmpty());
	}

	@Test
	void aTakenPortIsNamed() {
		EmbeddedConsul second = new EmbeddedConsul(new EmbeddedConsulSettings("127.0.0.1", this.consul.port(), null));
		assertThatIllegalStateException().isThrownBy(second::start)
			.withMessage("address: 127.0.0.1:" + this.consul.port() + " (expected: a free port)");
		assertThat(second.isRunning()).isFalse();
	}

	@Test
	void startingAndStoppingTwiceIsHarmless() {
		int port = this.consul.port();
		this.consul.start();
		assertThat(this.consul.port()).isEqualTo(port);
		this.consul.stop();
		this.consul.stop();
		assertThat(this.consul.blockedQueries()).isZero();
	}

	@Test
	void refusesABodyThatIsTooLongBeforeReadingIt() throws IOException {
		try (Socket socket = new Socket("127.0.0.1", this.consul.port())) {
			socket.getOutputStream()
				.write("PUT /v1/kv/key HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n"
					.getBytes(StandardCharsets.US_ASCII));
			String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
			assertThat(answer).startsWith("HTTP/1.1 413 ").containsIgnoringCase("connection: close");
		}
	}

	@Test
	void refusesWhatItDoesNotDo() {
		assertThat(http().get("/v1/catalog/services?filter=x").status()).isEqualTo(400);
		assertThat(http().put("/v1/agent/service/register", "{\"Name\": \"x\", \"Check\": {\"Args\": [\"y\"]}}").text())
			.contains("expected: a TTL, HTTP, TCP or gRPC check");
		assertThat(
				http().put("/v1/agent/service/register", "{\"Name\": \"x\", \"Connect\": {\"Native\": true}}").text())
			.contains("no service mesh");
		assertThat(http().put("/v1/kv/key?acquire=session", "x").status()).isEqualTo(500);
	}

	@Test
	void printsJsonForPeopleWhenAskedTo() {
		assertThat(http().get("/v1/catalog/services?pretty").text()).contains("\n");
	}

	private Path restartWithSnapshot() {
		this.consul.close();
		Path snapshot = this.directory.resolve("kv.json");
		this.consul = new EmbeddedConsul(new EmbeddedConsulSettings("127.0.0.1", 0, snapshot));
		this.consul.start();
		return snapshot;
	}

	private ConsulHttp http() {
		return new ConsulHttp(this.consul.uri());
	}

	private static List<String> ownThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("governance-embedded-consul"))
			.toList();
	}

}
