// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.storefront;

import org.jspecify.annotations.Nullable;

/**
 * An order as it came in. It is passed on as it is: orders and inventory know what is
 * wrong with it.
 *
 * @param sku what to buy
 * @param quantity how many units
 */
record Order(@Nullable String sku, @Nullable Integer quantity) {
}
