// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import java.util.List;
import java.util.stream.Stream;

import brave.handler.SpanHandler;
import io.governance.tracing.baggage.BaggageTags;
import io.governance.tracing.export.ServerErrorMarker;
import io.governance.tracing.export.SpanExporter;
import io.governance.tracing.export.SpanLog;
import io.micrometer.tracing.brave.bridge.CompositeSpanHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Says once, at start, which baggage travels and where spans go.
 */
final class TracingStartReport implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(TracingStartReport.class);

	private static final String BOOTS_ZIPKIN = "zipkin2.reporter.brave.AsyncZipkinSpanHandler";

	private final GovernanceTracingProperties properties;

	private final ObjectProvider<SpanHandler> handlers;

	TracingStartReport(GovernanceTracingProperties properties, ObjectProvider<SpanHandler> handlers) {
		this.properties = properties;
		this.handlers = handlers;
	}

	@Override
	public void afterSingletonsInstantiated() {
		List<String> destinations = this.handlers.orderedStream()
			.flatMap(TracingStartReport::destination)
			.distinct()
			.toList();
		logger.info("tracing=started baggage={} mdc={} spans={}", this.properties.baggage(), this.properties.mdc(),
				destinations.isEmpty() ? withoutExport() : String.join(", ", destinations));
	}

	private String withoutExport() {
		return this.handlers.stream().anyMatch(SpanLog.class::isInstance) ? "log-only" : "none";
	}

	private static Stream<String> destination(SpanHandler handler) {
		if (handler instanceof CompositeSpanHandler || handler instanceof ServerErrorMarker
				|| handler instanceof SpanLog || handler instanceof BaggageTags) {
			return Stream.empty();
		}
		if (handler instanceof SpanExporter) {
			return Stream.of(handler.toString());
		}
		return Stream
			.of(handler.getClass().getName().equals(BOOTS_ZIPKIN) ? "management.tracing.export.zipkin" : "exported");
	}

}
