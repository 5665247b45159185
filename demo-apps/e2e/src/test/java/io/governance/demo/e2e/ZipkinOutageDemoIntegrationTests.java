// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import io.governance.test.Requirement;
import io.governance.test.zipkin.ZipkinJar;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Orders while the tracing backend is dead, and while it hangs. Every trace is exported.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ZipkinOutageDemoIntegrationTests {

	@RegisterExtension
	static final Requirement ZIPKIN = ZipkinJar.requirement();

	private static final boolean LONG = "long".equals(System.getProperty("e2e.scale"));

	private static final int PER_SECOND = 20;

	private static final Duration WARM = Duration.ofSeconds(LONG ? 30 : 8);

	private static final Duration AWAY = Duration.ofSeconds(LONG ? 60 : 8);

	/** A short outage fills a short queue. */
	private static final String OPTIONS = LONG ? ""
			: "-Dgovernance.tracing.export.max-queued-spans=60 " + "-Dgovernance.tracing.export.timeout=1s";

	private static final List<String> TRACED = List.of("gateway", "storefront", "orders", "inventory-1", "inventory-2",
			"payments");

	private static final double MEGABYTE = 1 << 20;

	private final Http http = new Http();

	private Demo demo;

	@BeforeAll
	void up() {
		if (ZIPKIN.isMet()) {
			this.demo = new Demo("outage", Map.of("DEMO_JAVA_OPTIONS", OPTIONS), "--with", "zipkin");
		}
	}

	@AfterAll
	void down() {
		if (this.demo != null) {
			this.demo.close();
		}
	}

	@Test
	void noCallFailsWhileZipkinIsDeadOrHangs() {
		String orders = this.demo.url("gateway") + "/api/orders";
		try (Load warm = load(orders, WARM)) {
			assertThat(warm.answers()).allMatch("201"::equals);
		}
		Map<String, Double> before = heaps();
		double exported = exported();
		assertThat(exported).isPositive();
		try (Load load = load(orders, AWAY.multipliedBy(2).plus(WARM))) {
			double dropped = dropped();
			this.demo.run("kill", "zipkin");
			away();
			double droppedWhileDead = dropped();
			assertThat(droppedWhileDead).isGreaterThan(dropped);
			this.demo.run("start", "zipkin");
			double seen = exported();
			await().atMost(Duration.ofSeconds(30)).until(() -> exported() > seen);
			double droppedBefore = dropped();
			signal("STOP");
			away();
			assertThat(dropped()).isGreaterThan(droppedBefore);
			assertNotGrown(before, 24);
			signal("CONT");
			assertThat(load.answers()).allMatch("201"::equals);
		}
		double last = exported();
		await().atMost(Duration.ofSeconds(30)).until(() -> {
			this.http.post(orders, Load.ORDER);
			return exported() > last;
		});
		assertNotGrown(before, 16);
	}

	private Load load(String url, Duration time) {
		return Load.start(this.http, url, (int) time.toSeconds() * PER_SECOND, PER_SECOND);
	}

	private static void away() {
		await().pollDelay(AWAY).atMost(AWAY.plusSeconds(5)).until(() -> true);
	}

	private double exported() {
		return spans("exported");
	}

	private double dropped() {
		return spans("dropped");
	}

	private double spans(String outcome) {
		return this.http.meter(meters("orders"), "governance_tracing_export_spans_total",
				"outcome=\"" + outcome + "\"");
	}

	private String meters(String process) {
		return this.demo.url(process) + "/actuator/prometheus";
	}

	/**
	 * The heap of each process after a collection, in bytes. The queue of spans may hold
	 * eight megabytes.
	 */
	private Map<String, Double> heaps() {
		Map<String, Double> heaps = new TreeMap<>();
		for (String process : TRACED) {
			execute(System.getProperty("java.home") + "/bin/jcmd", pid(process), "GC.run");
			heaps.put(process, this.http.meter(meters(process), "jvm_memory_used_bytes", "area=\"heap\""));
		}
		return heaps;
	}

	private void assertNotGrown(Map<String, Double> before, int megabytes) {
		assertThat(heaps()).allSatisfy((process, heap) -> assertThat(heap).as(process)
			.isLessThan(before.getOrDefault(process, 0.0) + megabytes * MEGABYTE));
	}

	private void signal(String name) {
		execute("kill", "-s", name, pid("zipkin"));
	}

	private String pid(String name) {
		for (JsonNode process : this.demo.status()) {
			if (process.get("name").asString().equals(name)) {
				return String.valueOf(process.get("pid").asLong());
			}
		}
		throw new IllegalStateException(name + " does not run");
	}

	private static void execute(String... command) {
		try {
			Process process = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
			if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
				throw new IllegalStateException(String.join(" ", command) + " failed");
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
