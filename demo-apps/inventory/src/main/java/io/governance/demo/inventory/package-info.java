// SPDX-License-Identifier: Apache-2.0

/**
 * Keeps the stock. All instances share one journal file, so an instance that dies takes
 * no reservation with it, and a reservation repeated at another instance counts once.
 */
@NullMarked
package io.governance.demo.inventory;

import org.jspecify.annotations.NullMarked;
