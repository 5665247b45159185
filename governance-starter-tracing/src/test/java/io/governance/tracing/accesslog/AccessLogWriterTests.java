// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.governance.time.TimeSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever an appender does, the writing thread goes on.
 */
@ExtendWith(OutputCaptureExtension.class)
class AccessLogWriterTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger(AccessLogWriterTests.class.getName() + ".lines");

	private final AccessLogWriter writer = new AccessLogWriter(new AccessLogSettings("shop",
			new AccessLogSettings.Line(AccessLogFormat.TEXT, List.of(), List.of(), 4096),
			new AccessLogSettings.Selection(List.of(), 0, 1), new AccessLogSettings.Queue(16, Duration.ofSeconds(20))),
			this.logger, TimeSource.system());

	private final CountDownLatch first = new CountDownLatch(1);

	private Runnable fault = () -> {
	};

	private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {

		@Override
		protected void append(ILoggingEvent event) {
			try {
				if (AccessLogWriterTests.this.first.getCount() > 0) {
					AccessLogWriterTests.this.fault.run();
				}
			}
			finally {
				AccessLogWriterTests.this.first.countDown();
			}
		}

	};

	@AfterEach
	void detach() {
		this.logger.detachAppender(this.appender);
	}

	@Test
	void anErrorOfAnAppenderLosesOneLineAndIsSaid(CapturedOutput output) throws Exception {
		writeTwo(() -> {
			throw new NoClassDefFoundError("of the appender");
		});
		assertThat(this.writer.dropped()).isEqualTo(1);
		assertThat(this.writer.written()).isEqualTo(1);
		assertThat(output.getOut()).containsOnlyOnce("access-log=dropping dropped=1")
			.contains("error=\"java.lang.NoClassDefFoundError: of the appender\"");
	}

	@Test
	void anInterruptionLosesNoLine() throws Exception {
		writeTwo(() -> Thread.currentThread().interrupt());
		assertThat(this.writer.dropped()).isZero();
		assertThat(this.writer.written()).isEqualTo(2);
	}

	private void writeTwo(Runnable atTheFirst) throws InterruptedException {
		this.fault = atTheFirst;
		this.appender.start();
		this.logger.addAppender(this.appender);
		this.writer.start();
		this.writer.offer(line());
		assertThat(this.first.await(20, TimeUnit.SECONDS)).isTrue();
		this.writer.offer(line());
		this.writer.stop();
		assertThat(this.writer.isRunning()).isFalse();
	}

	private static AccessRecord line() {
		AccessRecord.Address address = new AccessRecord.Address("127.0.0.1", 1);
		return new AccessRecord(new AccessRecord.Timing(0, 0),
				new AccessRecord.RequestLine("GET", "/", null, "HTTP/1.1"),
				new AccessRecord.Answer(200, AccessRecord.Ending.COMPLETE, 0, 0, null),
				new AccessRecord.Peers(address, address, Map.of()), AccessRecord.Origin.UNKNOWN, null);
	}

}
