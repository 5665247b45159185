// SPDX-License-Identifier: Apache-2.0

/**
 * The gateway program: Spring Cloud Gateway with the suite's rules, its view of the
 * registry, and an edge that trusts nobody it was not told to.
 */
@NullMarked
package io.governance.gateway;

import org.jspecify.annotations.NullMarked;
