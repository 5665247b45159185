// SPDX-License-Identifier: Apache-2.0

/**
 * Permits that are lent ahead of need by a store that several processes share, passed in
 * like the time. Nothing here waits for the store.
 */
@NullMarked
package io.governance.lease;

import org.jspecify.annotations.NullMarked;
