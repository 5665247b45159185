// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where lines cannot be written, requests go on and memory stays bounded.
 */
@ExtendWith(OutputCaptureExtension.class)
class AccessLogOverloadIntegrationTests {

	private static final int QUEUE = 16;

	private final Logger logger = (Logger) LoggerFactory.getLogger(AccessLog.LOGGER);

	private final CountDownLatch free = new CountDownLatch(1);

	private final AppenderBase<ILoggingEvent> stuck = new AppenderBase<>() {

		@Override
		protected void append(ILoggingEvent event) {
			try {
				AccessLogOverloadIntegrationTests.this.free.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	};

	@AfterEach
	void letGo() {
		this.free.countDown();
		this.logger.detachAppender(this.stuck);
	}

	@Test
	void requestsGoOnWhileNothingIsWritten(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext context = start()) {
			AccessLog log = context.getBean(AccessLog.class);
			AccessLogClient client = new AccessLogClient(
					Integer.parseInt(context.getEnvironment().getProperty("local.server.port")));
			for (int i = 0; i < 400; i++) {
				assertThat(client.get("/hello").statusCode()).isEqualTo(200);
				assertThat(log.queued()).isLessThanOrEqualTo(QUEUE);
			}
			Awaitility.await().until(() -> log.dropped() >= 400 - 2 * QUEUE - 256);
			assertThat(log.written()).isZero();
			long dropped = log.dropped();
			this.free.countDown();
			Awaitility.await().until(() -> log.written() + log.dropped() == 400);
			assertThat(log.dropped()).isEqualTo(dropped);
			Awaitility.await().until(() -> output.getOut().contains("access-log=dropping"));
			client.get("/hello");
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.until(() -> output.getOut().contains("access-log=complete"));
			assertThat(output.getOut().lines().filter((line) -> line.contains("access-log="))).hasSize(2)
				.allMatch((line) -> line.contains("dropped=" + dropped));
		}
	}

	@Test
	void aStopWaitsNoLongerThanAllowed() throws Exception {
		ConfigurableApplicationContext context = start();
		AccessLogClient client = new AccessLogClient(
				Integer.parseInt(context.getEnvironment().getProperty("local.server.port")));
		AccessLog log = context.getBean(AccessLog.class);
		for (int i = 0; i < QUEUE; i++) {
			client.get("/hello");
		}
		long begin = log.time().nanoTime();
		context.close();
		assertThat(Duration.ofNanos(log.time().nanoTime() - begin)).isBetween(Duration.ofMillis(300),
				Duration.ofSeconds(10));
		assertThat(log.isRunning()).isFalse();
		assertThat(log.queued()).isZero();
	}

	@Test
	void aStopWritesWhatWaits() throws Exception {
		this.free.countDown();
		ConfigurableApplicationContext context = start();
		AccessLogClient client = new AccessLogClient(
				Integer.parseInt(context.getEnvironment().getProperty("local.server.port")));
		AccessLog log = context.getBean(AccessLog.class);
		for (int i = 0; i < QUEUE; i++) {
			client.get("/hello");
		}
		long begin = log.time().nanoTime();
		context.close();
		assertThat(log.written()).isEqualTo(QUEUE);
		assertThat(log.dropped()).isZero();
		assertThat(Duration.ofNanos(log.time().nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
		assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
			.doesNotContain("governance-access-log");
	}

	private ConfigurableApplicationContext start() {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(
				TomcatAccessLogIntegrationTests.OnTomcat.class)
			.web(WebApplicationType.SERVLET)
			.run("--server.port=0", "--server.address=127.0.0.1", "--governance.tracing.access-log.enabled=true",
					"--governance.tracing.access-log.queue-size=" + QUEUE,
					"--governance.tracing.access-log.flush-timeout=300ms", "--server.shutdown=immediate");
		// a start of logging takes appenders away
		this.stuck.start();
		this.logger.addAppender(this.stuck);
		return context;
	}

}
