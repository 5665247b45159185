// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.propagation;

/**
 * A way of writing a trace into headers. Named as Spring Boot names them.
 */
public enum TraceFormat {

	/**
	 * W3C Trace Context: {@code traceparent} and {@code tracestate}.
	 */
	W3C,

	/**
	 * B3 in the single header {@code b3}.
	 */
	B3,

	/**
	 * B3 in one header per field, {@code X-B3-TraceId} and so on.
	 */
	B3_MULTI;

	TraceCodec codec(int maxTraceStateLength) {
		return switch (this) {
			case W3C -> new W3cCodec(maxTraceStateLength);
			case B3 -> new B3SingleCodec();
			case B3_MULTI -> new B3MultiCodec();
		};
	}

}
