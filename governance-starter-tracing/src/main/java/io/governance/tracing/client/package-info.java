// SPDX-License-Identifier: Apache-2.0

/**
 * Lets traces and baggage leave through HTTP clients that an application builds by hand.
 * Builders that Spring Boot configures are observed already; a bean such as
 * {@code @LoadBalanced RestClient.Builder} made with {@code RestClient.builder()} is not,
 * and would end every trace.
 */
@NullMarked
package io.governance.tracing.client;

import org.jspecify.annotations.NullMarked;
