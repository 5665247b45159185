// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import io.governance.context.CallContext;
import io.micrometer.observation.Observation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads the origin of a request from what is noted on it, since by the time that a
 * request is over no thread knows its trace any more.
 */
final class Traces {

	private Traces() {
	}

	static AccessRecord.Origin origin(Observation.@Nullable Context observed, @Nullable Object callContext) {
		TracingContext traced = (observed != null) ? observed.get(TracingContext.class) : null;
		Span span = (traced != null) ? traced.getSpan() : null;
		String caller = (callContext instanceof CallContext context) ? context.caller() : null;
		if (span == null) {
			return new AccessRecord.Origin(null, null, caller);
		}
		return new AccessRecord.Origin(span.context().traceId(), span.context().spanId(), caller);
	}

}
