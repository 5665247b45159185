// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import io.governance.context.GovernanceHeaders;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Rejection;
import io.grpc.Metadata;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Which status of gRPC means what which status of HTTP means, after
 * {@code google/rpc/code.proto}; and what rejections look like in gRPC.
 */
final class GrpcStatuses {

	/** In the trailers of a rejection: the rule, as {@code type/id}. */
	static final String RULE = "x-governance-rule";

	/** In the trailers of a rejection: why. */
	static final String REASON = "x-governance-reason";

	static final String RETRY_AFTER = "retry-after";

	private static final int MAX_CAUSES = 10;

	private GrpcStatuses() {
	}

	static int http(Status.Code code) {
		return switch (code) {
			case OK -> 200;
			case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
			case UNAUTHENTICATED -> 401;
			case PERMISSION_DENIED -> 403;
			case NOT_FOUND -> 404;
			case ALREADY_EXISTS, ABORTED -> 409;
			case RESOURCE_EXHAUSTED -> 429;
			case CANCELLED -> 499;
			case UNKNOWN, INTERNAL, DATA_LOSS -> 500;
			case UNIMPLEMENTED -> 501;
			case UNAVAILABLE -> 503;
			case DEADLINE_EXCEEDED -> 504;
		};
	}

	static Status of(int http) {
		if (http < 300) {
			return Status.OK;
		}
		return switch (http) {
			case 400 -> Status.INVALID_ARGUMENT;
			case 401 -> Status.UNAUTHENTICATED;
			case 403 -> Status.PERMISSION_DENIED;
			case 404 -> Status.NOT_FOUND;
			case 409 -> Status.ABORTED;
			case 413, 429 -> Status.RESOURCE_EXHAUSTED;
			case 499 -> Status.CANCELLED;
			case 500 -> Status.INTERNAL;
			case 501 -> Status.UNIMPLEMENTED;
			case 502, 503 -> Status.UNAVAILABLE;
			case 408, 504 -> Status.DEADLINE_EXCEEDED;
			default -> Status.UNKNOWN;
		};
	}

	static Status of(Rejection rejection) {
		String reason = rejection.reason().name();
		return of(rejection.reason().status()).withDescription(
				(rejection.rule() != null) ? reason + ": the call was rejected by the rule " + rejection.rule()
						: reason + ": the call was rejected");
	}

	/**
	 * What a rejection says beside its status.
	 * @param notProcessed whether it may say that no work was done
	 */
	static Metadata trailers(Rejection rejection, boolean notProcessed) {
		Metadata trailers = new Metadata();
		MetadataHeaders.set(trailers, REASON, rejection.reason().name());
		if (rejection.rule() != null) {
			MetadataHeaders.set(trailers, RULE, rejection.rule());
		}
		if (rejection.retryAfterSeconds() > 0) {
			MetadataHeaders.set(trailers, RETRY_AFTER, String.valueOf(rejection.retryAfterSeconds()));
		}
		if (notProcessed && rejection.reason().notProcessed()) {
			MetadataHeaders.set(trailers, GovernanceHeaders.NOT_PROCESSED, "true");
		}
		return trailers;
	}

	/**
	 * The rejected inner call that an error comes from.
	 */
	static @Nullable Rejection rejection(@Nullable Throwable error) {
		Throwable cause = error;
		for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
			if (cause instanceof CallRejectedException rejected) {
				return rejected.rejection();
			}
			cause = cause.getCause();
		}
		return null;
	}

}
