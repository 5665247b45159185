// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import brave.Span.Kind;
import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;

/**
 * Keeps the sampled spans that an application finished.
 */
final class RecordedSpans extends SpanHandler {

	private final List<MutableSpan> spans = new CopyOnWriteArrayList<>();

	@Override
	public boolean end(TraceContext context, MutableSpan span, Cause cause) {
		this.spans.add(span);
		return true;
	}

	Optional<MutableSpan> find(String traceId, Kind kind) {
		return this.spans.stream().filter((span) -> span.traceId().equals(traceId) && span.kind() == kind).findFirst();
	}

	List<MutableSpan> all(String traceId, Kind kind) {
		return this.spans.stream().filter((span) -> span.traceId().equals(traceId) && span.kind() == kind).toList();
	}

}
