// SPDX-License-Identifier: Apache-2.0

/**
 * Permits that instances of a service borrow from a store that they share: the thread
 * that asks for them, and Redis as the store.
 */
@NullMarked
package io.governance.resilience.lease;

import org.jspecify.annotations.NullMarked;
