// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

import brave.Span.Kind;
import brave.handler.MutableSpan;
import org.jspecify.annotations.Nullable;

/**
 * {@code Span} of OTLP, written from Brave's. What an operator must find again: ids of 16
 * and 8 bytes (a 64-bit trace id gets zeros in front), nanoseconds, a status that is
 * {@code ERROR} for a span with an error or the tag {@code error} and unset otherwise, an
 * {@code exception} event for a throwable, annotations as events.
 */
final class OtlpSpan {

	private static final String ERROR = "error";

	private static final int STATUS_ERROR = 2;

	private static final int SAMPLED = 1;

	private static final int TRACE_ID_LENGTH = 32;

	private OtlpSpan() {
	}

	static byte[] write(MutableSpan span) {
		ProtoWriter out = new ProtoWriter(512);
		identity(span, out);
		out.text(5, (span.name() != null && !span.name().isEmpty()) ? span.name() : "unknown");
		out.number(6, kind(span.kind()));
		out.fixed64(7, nanos(span.startTimestamp()));
		out.fixed64(8, nanos(end(span)));
		attributes(span, out);
		events(span, out);
		status(span, out);
		out.fixed32(16, SAMPLED);
		return out.toBytes();
	}

	private static void identity(MutableSpan span, ProtoWriter out) {
		HexFormat hex = HexFormat.of();
		String trace = span.traceId();
		out.bytes(1, hex.parseHex("0".repeat(TRACE_ID_LENGTH - trace.length()) + trace));
		out.bytes(2, hex.parseHex(span.id()));
		if (span.parentId() != null) {
			out.bytes(4, hex.parseHex(span.parentId()));
		}
	}

	private static int kind(@Nullable Kind kind) {
		if (kind == null) {
			return 1;
		}
		return switch (kind) {
			case SERVER -> 2;
			case CLIENT -> 3;
			case PRODUCER -> 4;
			case CONSUMER -> 5;
		};
	}

	private static void attributes(MutableSpan span, ProtoWriter out) {
		for (int i = 0; i < span.tagCount(); i++) {
			if (!ERROR.equals(span.tagKeyAt(i))) {
				out.message(9, OtlpAttribute.of(span.tagKeyAt(i), span.tagValueAt(i)));
			}
		}
		if (span.remoteServiceName() != null) {
			out.message(9, OtlpAttribute.text("peer.service", span.remoteServiceName()));
		}
		if (span.remoteIp() != null) {
			out.message(9, OtlpAttribute.text("network.peer.address", span.remoteIp()));
		}
		if (span.remotePort() != 0) {
			out.message(9, OtlpAttribute.number("network.peer.port", span.remotePort()));
		}
	}

	private static void events(MutableSpan span, ProtoWriter out) {
		for (int i = 0; i < span.annotationCount(); i++) {
			out.message(11, event(span.annotationTimestampAt(i), span.annotationValueAt(i)));
		}
		Throwable error = span.error();
		if (error != null) {
			ProtoWriter event = event(end(span), "exception");
			event.message(3, OtlpAttribute.text("exception.type", error.getClass().getName()));
			if (error.getMessage() != null) {
				event.message(3, OtlpAttribute.text("exception.message", error.getMessage()));
			}
			out.message(11, event);
		}
	}

	private static ProtoWriter event(long micros, String name) {
		return new ProtoWriter(128).fixed64(1, nanos(micros)).text(2, name);
	}

	private static void status(MutableSpan span, ProtoWriter out) {
		Throwable error = span.error();
		String tag = span.tag(ERROR);
		if (error == null && tag == null) {
			return;
		}
		String message = tag;
		if (message == null && error != null) {
			message = (error.getMessage() != null) ? error.getMessage() : error.getClass().getSimpleName();
		}
		ProtoWriter status = new ProtoWriter(64);
		if (message != null && !message.isEmpty()) {
			status.text(2, message);
		}
		out.message(15, status.number(3, STATUS_ERROR));
	}

	private static long end(MutableSpan span) {
		return Math.max(span.startTimestamp(), span.finishTimestamp());
	}

	private static long nanos(long micros) {
		return TimeUnit.MICROSECONDS.toNanos(micros);
	}

}
