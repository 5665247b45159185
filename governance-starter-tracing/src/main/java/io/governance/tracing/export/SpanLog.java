// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line per sampled span, at level DEBUG of the logger {@value #LOGGER}: nothing,
 * unless that level is switched on. Thread-safe.
 */
public final class SpanLog extends SpanHandler {

	/**
	 * The logger's name.
	 */
	public static final String LOGGER = "io.governance.tracing.spans";

	private static final Logger logger = LoggerFactory.getLogger(LOGGER);

	@Override
	public boolean end(TraceContext context, MutableSpan span, Cause cause) {
		if (logger.isDebugEnabled() && Boolean.TRUE.equals(context.sampled())) {
			logger.debug("trace={} span={} parent={} kind={} name=\"{}\" micros={} error=\"{}\" tags={}",
					span.traceId(), span.id(), span.parentId(), span.kind(), span.name(),
					span.finishTimestamp() - span.startTimestamp(), (span.error() != null) ? span.error() : "",
					span.tags());
		}
		return true;
	}

	/**
	 * Where spans go, as it may be logged.
	 */
	@Override
	public String toString() {
		return "log-only";
	}

}
