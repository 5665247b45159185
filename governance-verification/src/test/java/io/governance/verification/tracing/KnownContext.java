// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.tracing;

import io.governance.context.CallContext;
import io.micrometer.tracing.Baggage;
import io.micrometer.tracing.Tracer;
import org.slf4j.MDC;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * What the current thread knows of the call it works for, in words.
 */
final class KnownContext {

	private KnownContext() {
	}

	static String here(Tracer tracer) {
		Authentication principal = SecurityContextHolder.getContext().getAuthentication();
		Baggage lane = tracer.getBaggage("lane");
		return MDC.get("traceId") + " " + ((lane != null) ? lane.get() : null) + " " + MDC.get("lane") + " "
				+ ((principal != null) ? principal.getName() : null) + " "
				+ ((CallContext.current().deadline() != null) ? "in time" : "whenever");
	}

}
