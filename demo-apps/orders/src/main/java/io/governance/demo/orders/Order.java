// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.orders;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.util.StringUtils;
import org.springframework.web.server.ResponseStatusException;

/**
 * An order as it came in.
 *
 * @param sku what to buy
 * @param quantity how many units, 1 to 100
 */
record Order(@Nullable String sku, @Nullable Integer quantity) {

	static final int MAX_QUANTITY = 100;

	/**
	 * The reservation this order asks for.
	 * @return sku and quantity, both sound; whether the sku exists is for inventory to
	 * say
	 * @throws ResponseStatusException with status 400 if this is not an order
	 */
	Reservation reservation() {
		if (!StringUtils.hasText(this.sku)) {
			throw refused("sku: " + this.sku + " (expected: what to buy, such as book)");
		}
		if (this.quantity == null || this.quantity < 1 || this.quantity > MAX_QUANTITY) {
			throw refused("quantity: " + this.quantity + " (expected: 1 to " + MAX_QUANTITY + ")");
		}
		return new Reservation(this.sku, this.quantity);
	}

	private static ResponseStatusException refused(String reason) {
		return new ResponseStatusException(HttpStatus.BAD_REQUEST, reason);
	}

}
