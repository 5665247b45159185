// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.propagation;

import java.util.ArrayList;
import java.util.List;

import brave.propagation.Propagation.Setter;
import brave.propagation.SamplingFlags;
import brave.propagation.TraceContext;
import brave.propagation.TraceContextOrSamplingFlags;
import org.jspecify.annotations.Nullable;

/**
 * B3 in one header per field. Sampling state without ids is a decision for a trace that
 * begins here, and ids of spans alone are nothing. A malformed field, half a pair of ids,
 * or a field sent twice starts a new trace.
 */
final class B3MultiCodec implements TraceCodec {

	static final String TRACE_ID = "X-B3-TraceId";

	static final String SPAN_ID = "X-B3-SpanId";

	static final String PARENT_SPAN_ID = "X-B3-ParentSpanId";

	static final String SAMPLED = "X-B3-Sampled";

	static final String FLAGS = "X-B3-Flags";

	private static final List<String> NAMES = List.of(TRACE_ID, SPAN_ID, PARENT_SPAN_ID, SAMPLED, FLAGS);

	@Override
	public List<String> names() {
		return NAMES;
	}

	@Override
	public @Nullable TraceContextOrSamplingFlags read(RequestHeaders request) {
		if (request.first(TRACE_ID) == null && request.first(SAMPLED) == null && request.first(FLAGS) == null) {
			return null;
		}
		List<String> fields = new ArrayList<>(NAMES.size());
		boolean repeated = false;
		for (String name : NAMES) {
			List<String> values = request.all(name);
			fields.add(values.isEmpty() ? "" : OptionalWhitespace.strip(values.get(0)));
			repeated |= values.size() > 1;
		}
		return repeated ? TraceContextOrSamplingFlags.EMPTY : read(fields);
	}

	@Override
	public <R> void write(TraceContext context, R request, Setter<R, String> setter) {
		setter.put(request, TRACE_ID, context.traceIdString());
		setter.put(request, SPAN_ID, context.spanIdString());
		String parentId = context.parentIdString();
		if (parentId != null) {
			setter.put(request, PARENT_SPAN_ID, parentId);
		}
		if (context.debug()) {
			setter.put(request, FLAGS, "1");
		}
		else if (context.sampled() != null) {
			setter.put(request, SAMPLED, context.sampled() ? "1" : "0");
		}
	}

	private static TraceContextOrSamplingFlags read(List<String> fields) {
		SamplingFlags flags = flags(fields.get(3), fields.get(4));
		if (flags == null) {
			return TraceContextOrSamplingFlags.EMPTY;
		}
		if (fields.get(0).isEmpty() && fields.get(1).isEmpty() && fields.get(2).isEmpty()) {
			return TraceContextOrSamplingFlags.create(flags);
		}
		TraceContext context = context(fields, flags);
		return (context != null) ? TraceContextOrSamplingFlags.create(context) : TraceContextOrSamplingFlags.EMPTY;
	}

	private static @Nullable TraceContext context(List<String> fields, SamplingFlags flags) {
		String traceId = fields.get(0);
		String parentId = fields.get(2);
		if ((!isId(traceId) && !isLongId(traceId)) || !isId(fields.get(1))
				|| (!parentId.isEmpty() && !isId(parentId))) {
			return null;
		}
		int high = traceId.length() - 16;
		long low = LowerHex.parse(traceId, high, high + 16);
		long spanId = LowerHex.parse(fields.get(1), 0, 16);
		if (low == 0 || spanId == 0) {
			return null;
		}
		TraceContext.Builder builder = TraceContext.newBuilder().traceId(low).spanId(spanId).sampled(flags.sampled());
		builder.traceIdHigh((high > 0) ? LowerHex.parse(traceId, 0, high) : 0);
		builder.parentId(parentId.isEmpty() ? 0 : LowerHex.parse(parentId, 0, 16));
		return flags.debug() ? builder.debug(true).build() : builder.build();
	}

	private static @Nullable SamplingFlags flags(String sampled, String flags) {
		SamplingFlags decision = switch (sampled) {
			case "" -> SamplingFlags.EMPTY;
			case "1", "true" -> SamplingFlags.SAMPLED;
			case "0", "false" -> SamplingFlags.NOT_SAMPLED;
			default -> null;
		};
		return (decision != null && flags.equals("1")) ? SamplingFlags.DEBUG : decision;
	}

	private static boolean isId(String text) {
		return text.length() == 16 && LowerHex.isHex(text, 0, 16);
	}

	private static boolean isLongId(String text) {
		return text.length() == 32 && LowerHex.isHex(text, 0, 32);
	}

}
