// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import io.grpc.Metadata;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended.
 *
 * @param status its status
 * @param headers the headers of the response; {@code null} where none came
 * @param message the response of a unary call; {@code null} where none came
 * @param trailers its trailers
 * @param <R> the response
 */
record GrpcReply<R>(Status status, @Nullable Metadata headers, @Nullable R message, Metadata trailers) {
}
