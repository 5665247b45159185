// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lines that the access log writes while this is open.
 */
final class AccessLines implements AutoCloseable {

	private final BlockingQueue<ILoggingEvent> events = new LinkedBlockingQueue<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger(AccessLog.LOGGER);

	private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {

		@Override
		protected void append(ILoggingEvent event) {
			event.getMDCPropertyMap();
			AccessLines.this.events.add(event);
		}

	};

	AccessLines() {
		this.appender.start();
		this.logger.addAppender(this.appender);
	}

	ILoggingEvent next() throws InterruptedException {
		ILoggingEvent event = this.events.poll(20, TimeUnit.SECONDS);
		assertThat(event).as("a line of the access log").isNotNull();
		return event;
	}

	JsonNode json() throws InterruptedException {
		return new JsonMapper().readTree(next().getFormattedMessage());
	}

	List<ILoggingEvent> all() {
		return List.copyOf(this.events);
	}

	@Override
	public void close() {
		this.logger.detachAppender(this.appender);
	}

}
