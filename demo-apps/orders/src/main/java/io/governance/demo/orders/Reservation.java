// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.orders;

/**
 * What inventory is asked to set aside.
 *
 * @param sku what to buy
 * @param quantity how many units
 */
record Reservation(String sku, int quantity) {
}
