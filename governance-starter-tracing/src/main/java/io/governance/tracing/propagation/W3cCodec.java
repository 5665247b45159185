// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.propagation;

import java.util.List;

import brave.propagation.Propagation.Setter;
import brave.propagation.TraceContext;
import brave.propagation.TraceContextOrSamplingFlags;
import org.jspecify.annotations.Nullable;

/**
 * W3C Trace Context, level 1. A {@code traceparent} that is malformed or sent twice
 * starts a new trace without {@code tracestate}; a malformed {@code tracestate} is
 * dropped and the trace goes on.
 */
final class W3cCodec implements TraceCodec {

	private static final List<String> NAMES = List.of(TraceParent.NAME, TraceState.NAME);

	private final int maxTraceStateLength;

	W3cCodec(int maxTraceStateLength) {
		this.maxTraceStateLength = maxTraceStateLength;
	}

	@Override
	public List<String> names() {
		return NAMES;
	}

	@Override
	public @Nullable TraceContextOrSamplingFlags read(RequestHeaders request) {
		List<String> parents = request.all(TraceParent.NAME);
		if (parents.isEmpty()) {
			return null;
		}
		TraceContext parent = (parents.size() == 1) ? TraceParent.read(parents.get(0)) : null;
		if (parent == null) {
			return TraceContextOrSamplingFlags.EMPTY;
		}
		TraceState state = TraceState.read(request.all(TraceState.NAME), this.maxTraceStateLength);
		TraceContext context = (state != null) ? parent.toBuilder().addExtra(state).build() : parent;
		return TraceContextOrSamplingFlags.create(context);
	}

	@Override
	public <R> void write(TraceContext context, R request, Setter<R, String> setter) {
		setter.put(request, TraceParent.NAME, TraceParent.write(context));
		TraceState state = context.findExtra(TraceState.class);
		if (state != null) {
			setter.put(request, TraceState.NAME, state.members());
		}
	}

}
