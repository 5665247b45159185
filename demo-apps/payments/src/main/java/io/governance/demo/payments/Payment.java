// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.payments;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.util.StringUtils;
import org.springframework.web.server.ResponseStatusException;

/**
 * A payment that is asked for.
 *
 * @param orderId the order to pay
 * @param sku what was bought
 * @param quantity how many units
 */
record Payment(@Nullable String orderId, @Nullable String sku, @Nullable Integer quantity) {

	/**
	 * The order to pay.
	 * @return its id
	 * @throws ResponseStatusException with status 400 if this is not a payment
	 */
	String order() {
		if (!StringUtils.hasText(this.orderId)) {
			throw refused("orderId: " + this.orderId + " (expected: the order to pay)");
		}
		if (this.quantity == null || this.quantity < 1) {
			throw refused("quantity: " + this.quantity + " (expected: at least 1)");
		}
		return this.orderId;
	}

	private static ResponseStatusException refused(String reason) {
		return new ResponseStatusException(HttpStatus.BAD_REQUEST, reason);
	}

}
