// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import brave.handler.SpanHandler;
import io.micrometer.tracing.brave.bridge.CompositeSpanHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Says once, at start, which baggage travels and whether spans leave the process.
 */
final class TracingStartReport implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(TracingStartReport.class);

	private final GovernanceTracingProperties properties;

	private final ObjectProvider<SpanHandler> handlers;

	TracingStartReport(GovernanceTracingProperties properties, ObjectProvider<SpanHandler> handlers) {
		this.properties = properties;
		this.handlers = handlers;
	}

	@Override
	public void afterSingletonsInstantiated() {
		boolean exported = this.handlers.stream().anyMatch((handler) -> !(handler instanceof CompositeSpanHandler));
		logger.info("tracing=started baggage={} mdc={} spans={}", this.properties.baggage(), this.properties.mdc(),
				exported ? "exported" : "log-only");
	}

}
