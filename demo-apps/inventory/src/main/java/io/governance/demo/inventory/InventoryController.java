// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.inventory;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Reserves stock, and shows it.
 */
@RestController
final class InventoryController {

	private static final Pattern ORDER_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

	private final Inventory inventory;

	private final String instance;

	InventoryController(Inventory inventory, @Value("${demo.instance}") String instance) {
		this.inventory = inventory;
		this.instance = instance;
	}

	@PutMapping("/reservations/{orderId}")
	Reserved reserve(@PathVariable String orderId, @RequestBody Goods goods) {
		Stock.Level level = this.inventory.reserve(reservation(orderId, goods));
		return new Reserved(orderId, level.sku(), level.stock(), this.instance);
	}

	@GetMapping("/reservations")
	Stock.Totals reservations() {
		return this.inventory.totals();
	}

	@GetMapping("/stock/{sku}")
	Stock.Level stock(@PathVariable String sku) {
		return this.inventory.level(sku)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND,
					"sku: " + sku + " (expected: one we sell)"));
	}

	private static Reservation reservation(String orderId, Goods goods) {
		if (!ORDER_ID.matcher(orderId).matches()) {
			throw refused("order: " + orderId + " (expected: up to 64 letters, digits and dashes)");
		}
		if (goods.sku() == null) {
			throw refused("sku: none (expected: one we sell)");
		}
		if (goods.quantity() == null || goods.quantity() < 1) {
			throw refused("quantity: " + goods.quantity() + " (expected: at least 1)");
		}
		return new Reservation(orderId, goods.sku(), goods.quantity());
	}

	private static ResponseStatusException refused(String reason) {
		return new ResponseStatusException(HttpStatus.BAD_REQUEST, reason);
	}

	/**
	 * What to reserve, as it came in.
	 *
	 * @param sku what
	 * @param quantity how many units
	 */
	record Goods(@Nullable String sku, @Nullable Integer quantity) {
	}

	/**
	 * The answer to a reservation.
	 *
	 * @param orderId the order
	 * @param sku what is reserved
	 * @param stock units left
	 * @param servedBy this instance
	 */
	record Reserved(String orderId, String sku, long stock, String servedBy) {
	}

}
