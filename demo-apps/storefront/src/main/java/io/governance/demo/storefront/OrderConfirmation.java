// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.storefront;

import java.util.ArrayList;
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

	OrderConfirmation servedFirstBy(String instance) {
		List<String> all = new ArrayList<>();
		all.add(instance);
		all.addAll(this.servedBy);
		return new OrderConfirmation(this.orderId, this.stock, this.payment, List.copyOf(all));
	}

}
