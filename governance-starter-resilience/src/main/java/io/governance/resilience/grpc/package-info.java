// SPDX-License-Identifier: Apache-2.0

/**
 * Calls of gRPC, in the server and in the client: interceptors that ask the same rules as
 * the adapters of HTTP do. The method's full name is the path, metadata are the headers,
 * and a status is to a rule the HTTP status that means the same. No interceptor holds a
 * thread.
 */
@NullMarked
package io.governance.resilience.grpc;

import org.jspecify.annotations.NullMarked;
