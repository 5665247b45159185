// SPDX-License-Identifier: Apache-2.0

/**
 * Wires the tracing starter: defaults of Spring Boot's own properties, baggage into
 * Brave's propagation before Spring Boot builds it, and the beans that read the finished
 * tracer.
 */
@NullMarked
package io.governance.tracing.autoconfigure;

import org.jspecify.annotations.NullMarked;
