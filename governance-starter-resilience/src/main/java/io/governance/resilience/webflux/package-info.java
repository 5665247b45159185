// SPDX-License-Identifier: Apache-2.0

/**
 * Inbound calls in a reactive server, Spring Cloud Gateway included: one filter before
 * security, one behind it, and the answer for rejected calls that escape a handler.
 */
@NullMarked
package io.governance.resilience.webflux;

import org.jspecify.annotations.NullMarked;
