// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.logging;

import io.micrometer.tracing.BaggageInScope;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * A program that logs what a hostile caller sent it.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class TalkingProgram {

	static final String FORGED = "2026-01-01T00:00:00.000Z  INFO 1 --- [forged] line";

	static final String HOSTILE = "a\r\n" + FORGED + "\n\n" + FORGED + "\r" + FORGED + "\u0000\u001b[2J\"}\u0085";

	private static final Logger logger = LoggerFactory.getLogger(TalkingProgram.class);

	public static void main(String[] arguments) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(TalkingProgram.class)
			.web(WebApplicationType.NONE)
			.run(arguments)) {
			Tracer tracer = context.getBean(Tracer.class);
			Span span = tracer.nextSpan().name("work").start();
			try (Tracer.SpanInScope scope = tracer.withSpan(span);
					BaggageInScope lane = tracer.createBaggageInScope("lane", "blue")) {
				logger.info("ids {} {}", span.context().traceId(), span.context().spanId());
				logger.warn("sent: {}", HOSTILE);
				logger.error("broken", new IllegalStateException(HOSTILE, new IllegalArgumentException("inner")));
			}
			span.end();
		}
	}

}
