// SPDX-License-Identifier: Apache-2.0

/**
 * What the gateway does with what strangers say about themselves: it removes it, and says
 * what it knows.
 */
@NullMarked
package io.governance.gateway.edge;

import org.jspecify.annotations.NullMarked;
