// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.context;

import java.util.Map;

import io.governance.context.CallContext;
import io.micrometer.tracing.Baggage;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import org.slf4j.MDC;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * What a thread knows of the call it works for.
 */
record SeenContext(String trace, String baggage, Map<String, String> mdc, String principal, boolean deadline) {

	/** A thread that works for no call. */
	static final SeenContext NOTHING = new SeenContext(null, null, Map.of(), null, false);

	static SeenContext here(Tracer tracer) {
		Span span = tracer.currentSpan();
		Baggage baggage = tracer.getBaggage("lane");
		Map<String, String> mdc = MDC.getCopyOfContextMap();
		Authentication principal = SecurityContextHolder.getContext().getAuthentication();
		return new SeenContext((span != null) ? span.context().traceId() : null,
				(baggage != null) ? baggage.get() : null, (mdc != null) ? mdc : Map.of(),
				(principal != null) ? principal.getName() : null, CallContext.current().deadline() != null);
	}

	SeenContext withoutDeadline() {
		return new SeenContext(this.trace, this.baggage, this.mdc, this.principal, false);
	}

}
