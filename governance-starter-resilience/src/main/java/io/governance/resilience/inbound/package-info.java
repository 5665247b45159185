// SPDX-License-Identifier: Apache-2.0

/**
 * What the Servlet, the WebFlux and the gRPC adapter have in common: reading what the
 * caller says, asking the engine, and giving back exactly once what an admitted call
 * holds.
 */
@NullMarked
package io.governance.resilience.inbound;

import org.jspecify.annotations.NullMarked;
