// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * How a gRPC call went.
 *
 * @param http status of the HTTP response
 * @param code the header or trailer {@code grpc-status}
 * @param message the header or trailer {@code grpc-message}
 * @param refused what the response says
 */
record GrpcStatus(int http, @Nullable String code, @Nullable String message, PartialSuccess refused) {

	private static final int HTTP_OK = 200;

	private static final String OK = "0";

	// what the OTLP specification calls retryable: CANCELLED, DEADLINE_EXCEEDED, ABORTED,
	// OUT_OF_RANGE, UNAVAILABLE, DATA_LOSS. RESOURCE_EXHAUSTED is so only with details
	// that say when, which are not read here
	private static final Set<String> WORTH_RETRYING = Set.of("1", "4", "10", "11", "14", "15");

	/**
	 * What was refused of a message that was taken.
	 * @throws SendException if it was not taken
	 */
	PartialSuccess check() throws SendException {
		if (this.http != HTTP_OK) {
			throw new SendException("HTTP status " + this.http, HttpDialect.OTLP.isWorthRetrying(this.http));
		}
		if (this.code == null) {
			throw new SendException("answer without grpc-status", true);
		}
		if (!OK.equals(this.code)) {
			throw new SendException("gRPC status " + this.code + ((this.message != null) ? ": " + this.message : ""),
					WORTH_RETRYING.contains(this.code));
		}
		return this.refused;
	}

}
