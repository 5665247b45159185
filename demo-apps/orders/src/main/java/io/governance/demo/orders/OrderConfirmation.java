// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.orders;

import java.util.List;

/**
 * A placed order.
 *
 * @param orderId its id
 * @param stock units left after this order
 * @param payment what payments said about it
 * @param servedBy the instances that took part, in the order of the calls
 */
record OrderConfirmation(String orderId, long stock, String payment, List<String> servedBy) {
}
