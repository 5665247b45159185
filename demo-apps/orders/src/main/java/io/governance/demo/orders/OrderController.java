// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.orders;

import java.util.List;
import java.util.UUID;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Carries out orders: reserve first, then pay.
 */
@RestController
final class OrderController {

	private final Inventory inventory;

	private final Payments payments;

	private final String instance;

	OrderController(Inventory inventory, Payments payments, @Value("${demo.instance}") String instance) {
		this.inventory = inventory;
		this.payments = payments;
		this.instance = instance;
	}

	@PostMapping("/orders")
	@ResponseStatus(HttpStatus.CREATED)
	OrderConfirmation place(@RequestBody Order order) {
		Reservation reservation = order.reservation();
		String orderId = UUID.randomUUID().toString();
		Inventory.Reserved reserved = this.inventory.reserve(orderId, reservation);
		Payments.Paid paid = this.payments.pay(orderId, reservation);
		return new OrderConfirmation(orderId, reserved.stock(), paid.payment(),
				List.of(this.instance, reserved.servedBy(), paid.servedBy()));
	}

}
