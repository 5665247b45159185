// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import brave.Span.Kind;
import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * Marks spans of HTTP calls that were answered 5xx as errors: Spring's observations do so
 * only where an exception passed, and a failed attempt that was tried again would look
 * like a good one. Acts before exporters. Thread-safe.
 */
public final class ServerErrorMarker extends SpanHandler {

	private static final String ERROR = "error";

	@Override
	public boolean end(TraceContext context, MutableSpan span, Cause cause) {
		if ((span.kind() == Kind.CLIENT || span.kind() == Kind.SERVER) && span.error() == null
				&& span.tag(ERROR) == null) {
			String status = status(span);
			if (status != null && status.length() == 3 && status.charAt(0) == '5') {
				span.tag(ERROR, status);
			}
		}
		return true;
	}

	private static @Nullable String status(MutableSpan span) {
		String status = span.tag("status");
		return (status != null) ? status : span.tag("http.status_code");
	}

}
