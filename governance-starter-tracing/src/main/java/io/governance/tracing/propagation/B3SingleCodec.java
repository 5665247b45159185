// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.propagation;

import java.util.List;

import brave.propagation.B3SingleFormat;
import brave.propagation.Propagation.Setter;
import brave.propagation.TraceContext;
import brave.propagation.TraceContextOrSamplingFlags;
import org.jspecify.annotations.Nullable;

/**
 * B3 in one header: {@code traceId-spanId[-sampled[-parentSpanId]]}, or only the sampling
 * state. Malformed, or sent twice, it starts a new trace.
 */
final class B3SingleCodec implements TraceCodec {

	static final String NAME = "b3";

	@Override
	public List<String> names() {
		return List.of(NAME);
	}

	@Override
	public @Nullable TraceContextOrSamplingFlags read(RequestHeaders request) {
		List<String> values = request.all(NAME);
		if (values.isEmpty()) {
			return null;
		}
		String value = (values.size() == 1) ? OptionalWhitespace.strip(values.get(0)) : "";
		TraceContextOrSamplingFlags extracted = B3SingleFormat.parseB3SingleFormat(value);
		return (extracted != null) ? extracted : TraceContextOrSamplingFlags.EMPTY;
	}

	@Override
	public <R> void write(TraceContext context, R request, Setter<R, String> setter) {
		setter.put(request, NAME, B3SingleFormat.writeB3SingleFormat(context));
	}

}
