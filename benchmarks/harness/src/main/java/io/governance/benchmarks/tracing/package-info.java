// SPDX-License-Identifier: Apache-2.0

/**
 * What the tracing starter costs: a service and the gateway with it, without it, and with
 * Spring Boot's own tracing, in turn.
 */
@NullMarked
package io.governance.benchmarks.tracing;

import org.jspecify.annotations.NullMarked;
