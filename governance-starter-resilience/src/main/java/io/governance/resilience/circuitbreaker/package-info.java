// SPDX-License-Identifier: Apache-2.0

/**
 * Spring Cloud's circuit breakers, run by the rules that name them.
 */
@NullMarked
package io.governance.resilience.circuitbreaker;

import org.jspecify.annotations.NullMarked;
