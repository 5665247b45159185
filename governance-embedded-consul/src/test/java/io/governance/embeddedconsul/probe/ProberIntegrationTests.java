// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.net.httpserver.HttpServer;
import io.governance.embeddedconsul.ManualTime;
import io.governance.embeddedconsul.catalog.Catalog;
import io.governance.embeddedconsul.catalog.CheckDefinition;
import io.governance.embeddedconsul.catalog.CheckStatus;
import io.governance.embeddedconsul.catalog.Node;
import io.governance.embeddedconsul.catalog.Probe;
import io.governance.embeddedconsul.catalog.RegisteredCheck;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProberIntegrationTests {

	private final ManualTime time = new ManualTime();

	private final Catalog catalog = new Catalog(new Node("id", "node", "127.0.0.1", 8300, 8301), this.time,
			new AtomicLong(1)::incrementAndGet);

	private final Prober prober = new Prober(this.catalog, this.time);

	private final AtomicInteger asked = new AtomicInteger();

	private final CountDownLatch goOn = new CountDownLatch(1);

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private HttpServer target;

	@BeforeEach
	void start() throws IOException {
		this.target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.target.setExecutor(this.executor);
		this.target.createContext("/status/", (exchange) -> {
			this.asked.incrementAndGet();
			String path = exchange.getRequestURI().getPath();
			int status = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
			byte[] body = exchange.getRequestMethod()
				.concat(" " + exchange.getRequestHeaders().getFirst("X-Probe"))
				.getBytes();
			exchange.sendResponseHeaders(status, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		this.target.createContext("/slow", (exchange) -> {
			this.asked.incrementAndGet();
			await(this.goOn);
			exchange.sendResponseHeaders(200, -1);
			exchange.close();
		});
		this.target.start();
	}

	@AfterEach
	void stop() {
		this.goOn.countDown();
		this.prober.stop();
		this.target.stop(0);
		this.executor.shutdownNow();
	}

	@ParameterizedTest
	@CsvSource({ "200, PASSING", "201, PASSING", "302, CRITICAL", "429, WARNING", "404, CRITICAL", "500, CRITICAL" })
	void theStatusOfTheAnswerDecides(int status, CheckStatus expected) {
		// It starts with another status, so that a change can be waited for.
		CheckStatus before = (expected == CheckStatus.CRITICAL) ? CheckStatus.PASSING : CheckStatus.CRITICAL;
		register("/status/" + status, Duration.ofSeconds(10), before);
		this.prober.tick();
		Awaitility.await().until(() -> check().status() == expected);
		assertThat(check().output()).contains(Integer.toString(status));
	}

	@Test
	void asksAtOnceAndThenAtTheInterval() {
		register("/status/200", Duration.ofSeconds(10), CheckStatus.CRITICAL);
		this.prober.tick();
		Awaitility.await().until(() -> check().status() == CheckStatus.PASSING);
		assertThat(check().output()).endsWith("Output: GET yes");
		this.time.advance(Duration.ofSeconds(10).minusNanos(1));
		this.prober.tick();
		assertThat(this.asked).hasValue(1);
		this.time.advance(Duration.ofNanos(1));
		Awaitility.await().until(() -> {
			this.prober.tick();
			return this.asked.get() == 2;
		});
	}

	@Test
	void asksNobodyTwiceAtTheSameTime() {
		register("/slow", Duration.ofMinutes(1), CheckStatus.CRITICAL);
		this.prober.tick();
		Awaitility.await().until(() -> this.asked.get() == 1);
		this.time.advance(Duration.ofMinutes(1));
		this.prober.tick();
		assertThat(this.asked).hasValue(1);
		this.goOn.countDown();
		Awaitility.await().until(() -> check().status() == CheckStatus.PASSING);
	}

	@Test
	void takesSilenceForAnAnswer() {
		register("/slow", Duration.ofMillis(200), CheckStatus.PASSING);
		this.prober.tick();
		Awaitility.await().until(() -> check().status() == CheckStatus.CRITICAL);
	}

	@ParameterizedTest
	@CsvSource({ "nowhere, TCP", "http://[broken, HTTP", ":x, TCP", "nowhere, GRPC", "127.0.0.1:1, GRPC" })
	void takesANonsensicalTargetForAFailure(String target, Probe.Kind kind) {
		Probe probe = new Probe(kind, target, "GET", Map.of(), Probe.Tls.DEFAULT, Duration.ofSeconds(1),
				Duration.ofSeconds(1));
		register(probe, CheckStatus.PASSING);
		this.prober.tick();
		Awaitility.await().until(() -> check().status() == CheckStatus.CRITICAL);
	}

	private void register(String path, Duration timeout, CheckStatus initial) {
		String url = "http://127.0.0.1:" + this.target.getAddress().getPort() + path;
		register(new Probe(Probe.Kind.HTTP, url, "GET", Map.of("X-Probe", List.of("yes")), Probe.Tls.DEFAULT,
				Duration.ofSeconds(10), timeout), initial);
	}

	private void register(Probe probe, CheckStatus initial) {
		this.catalog.register(
				new CheckDefinition("check", "check", "", "http", "", null, probe, initial, Duration.ofMinutes(1)));
	}

	private RegisteredCheck check() {
		return this.catalog.store().state().checks().get("check");
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
