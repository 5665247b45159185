// SPDX-License-Identifier: Apache-2.0

/**
 * The outbound side of the gateway: the call stage around the routing filters, and the
 * choice of an instance per attempt.
 */
@NullMarked
package io.governance.gateway.filter;

import org.jspecify.annotations.NullMarked;
