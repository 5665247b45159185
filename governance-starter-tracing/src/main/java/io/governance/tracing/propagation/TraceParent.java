// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.propagation;

import brave.propagation.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * The {@code traceparent} header of W3C Trace Context, level 1:
 * {@code version "-" trace-id "-" parent-id "-" trace-flags}, 55 characters. Version
 * {@code ff} is invalid; versions above 00 may go on after another dash, which is
 * skipped. Written is version 00, of the flags only "sampled".
 */
final class TraceParent {

	static final String NAME = "traceparent";

	private static final int TRACE_ID = 3;

	private static final int PARENT_ID = 36;

	private static final int FLAGS = 53;

	private static final int LENGTH = 55;

	private static final int SAMPLED = 1;

	private TraceParent() {
	}

	static @Nullable TraceContext read(String header) {
		String value = OptionalWhitespace.strip(header);
		if (!hasKnownShape(value)) {
			return null;
		}
		long traceId = LowerHex.parse(value, TRACE_ID + 16, TRACE_ID + 32);
		long parentId = LowerHex.parse(value, PARENT_ID, PARENT_ID + 16);
		if (traceId == 0 || parentId == 0) {
			return null;
		}
		return TraceContext.newBuilder()
			.traceIdHigh(LowerHex.parse(value, TRACE_ID, TRACE_ID + 16))
			.traceId(traceId)
			.spanId(parentId)
			.sampled((LowerHex.parse(value, FLAGS, LENGTH) & SAMPLED) != 0)
			.build();
	}

	static String write(TraceContext context) {
		StringBuilder value = new StringBuilder(LENGTH).append("00-");
		String traceId = context.traceIdString();
		value.append("0".repeat(32 - traceId.length())).append(traceId);
		value.append('-').append(context.spanIdString());
		return value.append(Boolean.TRUE.equals(context.sampled()) ? "-01" : "-00").toString();
	}

	private static boolean hasKnownShape(String value) {
		if (value.length() < LENGTH || !hasFields(value) || value.startsWith("ff")) {
			return false;
		}
		return value.length() == LENGTH || (!value.startsWith("00") && value.charAt(LENGTH) == '-');
	}

	private static boolean hasFields(String value) {
		return isField(value, 0, TRACE_ID - 1) && isField(value, TRACE_ID, PARENT_ID - 1)
				&& isField(value, PARENT_ID, FLAGS - 1) && LowerHex.isHex(value, FLAGS, LENGTH);
	}

	private static boolean isField(String value, int start, int end) {
		return LowerHex.isHex(value, start, end) && value.charAt(end) == '-';
	}

}
