// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.governance.test.load.DistinctRequests;
import io.governance.test.load.ManyRequests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What callers send decides neither how many series a service on WebFlux and Netty has,
 * nor how much heap: with Istio's metrics, access log, baggage, and a rule that looks at
 * headers.
 */
class ReactiveCardinalityIntegrationTests {

	/** The long form has as many as scripts/soak says. */
	private static final int REQUESTS = Integer.getInteger("cardinality.requests", 20_000);

	/** Fills what has bounds: values of tags, keys of limits, caches of the server. */
	private static final int BEFORE = 3_000;

	/** The same after 60,000 requests as after 300,000: what grew with each is beyond. */
	private static final long MAX_GROWTH = 32 * 1024 * 1024;

	private final Logger access = (Logger) LoggerFactory.getLogger("io.governance.access");

	private final LongAdder lines = new LongAdder();

	private final AppenderBase<ILoggingEvent> counting = new AppenderBase<>() {

		@Override
		protected void append(ILoggingEvent event) {
			ReactiveCardinalityIntegrationTests.this.lines.increment();
		}

	};

	/**
	 * Instead of a console with all of them. A start makes the loggers anew.
	 */
	private void countLines() {
		this.counting.start();
		this.access.setAdditive(false);
		this.access.addAppender(this.counting);
	}

	@AfterEach
	void writeLinesAgain() {
		this.access.detachAppender(this.counting);
		this.access.setAdditive(true);
		this.access.setLevel(null);
	}

	@Test
	void seriesAndHeapStayWhateverCallersSend() throws Exception {
		try (TracedApplication application = start()) {
			countLines();
			int port = URI.create(application.url()).getPort();
			ManyRequests requests = new ManyRequests(port, 8, new DistinctRequests("/users/", "/nothing/"));
			requests.send(0, BEFORE);
			// the first one makes series of its own
			scrape(port);
			long series = series(scrape(port));
			long heap = usedHeap();
			Map<Integer, Integer> answers = requests.send(BEFORE, REQUESTS);
			assertThat(usedHeap() - heap).as("growth of the heap").isLessThan(MAX_GROWTH);
			assertThat(answers).containsOnlyKeys(200, 404).containsEntry(200, REQUESTS / 2);
			List<String> scraped = scrape(port);
			assertThat(series(scraped)).as("series").isLessThanOrEqualTo(series + 20).isLessThan(30_000);
			isBounded(scraped);
			assertThat(this.lines.sum()).as("lines of the access log").isPositive();
		}
	}

	private static void isBounded(List<String> scraped) {
		assertThat(scraped).filteredOn((line) -> line.startsWith("http_server_requests_seconds_count"))
			.hasSizeLessThan(20)
			.anyMatch((line) -> line.contains("method=\"UNKNOWN\""))
			.anyMatch((line) -> line.contains("uri=\"/users/{id}\""));
		assertThat(scraped).filteredOn((line) -> line.startsWith("istio_requests_total"))
			.isNotEmpty()
			.hasSizeLessThan(20);
		// the rule was asked
		assertThat(scraped).anyMatch((line) -> line.startsWith("governance_decisions_total")
				&& line.contains("rule_type=\"sampling\"") && line.contains("decision=\"not-sampled\""));
	}

	private static TracedApplication start() {
		return TracedApplication.start(WebApplicationType.REACTIVE, Application.class,
				"--spring.application.name=bounded", "--governance.tracing.metrics.istio.enabled=true",
				"--governance.tracing.access-log.enabled=true", "--governance.tracing.baggage=lane,user-group",
				"--governance.tracing.mdc=lane", "--governance.rules.sampling.users.match.headers.x-user.prefix=user-1",
				"--governance.rules.sampling.users.parent=ignore", "--governance.rules.sampling.users.ratio=0.1",
				"--logging.level.root=warn", "--logging.level.io.governance.access=info");
	}

	/**
	 * Twice: where soft references are not to be kept, the second one clears them.
	 */
	private static long usedHeap() {
		System.gc();
		System.gc();
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory();
	}

	private static long series(List<String> scraped) {
		return scraped.stream().filter((line) -> !line.startsWith("#")).count();
	}

	private static List<String> scrape(int port) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus"))
			.build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body().lines().toList();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(excludeName = {
			"org.springframework.boot.jetty.autoconfigure.reactive.JettyReactiveWebServerAutoConfiguration",
			"org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration" })
	static class Application {

		@Bean
		Users users() {
			return new Users();
		}

	}

	@RestController
	static class Users {

		@RequestMapping("/users/{id}")
		String user(@PathVariable String id) {
			return id;
		}

	}

}
