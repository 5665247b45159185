// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.storefront;

import java.util.Objects;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/**
 * Takes orders and has them carried out by the service orders.
 */
@RestController
final class OrderController {

	private final RestClient orders;

	private final String instance;

	OrderController(RestClient.Builder builder, @Value("${demo.instance}") String instance) {
		this.orders = builder.clone().baseUrl("http://orders").build();
		this.instance = instance;
	}

	@PostMapping("/orders")
	@ResponseStatus(HttpStatus.CREATED)
	OrderConfirmation place(@RequestBody Order order) {
		OrderConfirmation confirmation = this.orders.post()
			.uri("/orders")
			.body(order)
			.retrieve()
			.body(OrderConfirmation.class);
		return Objects.requireNonNull(confirmation, "orders answered without a body").servedFirstBy(this.instance);
	}

}
