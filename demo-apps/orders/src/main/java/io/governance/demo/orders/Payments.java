// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.orders;

import java.util.Objects;

import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * The service payments, as seen from here.
 */
@Component
final class Payments {

	private final RestClient client;

	Payments(RestClient.Builder builder) {
		this.client = builder.clone().baseUrl("http://payments").build();
	}

	Paid pay(String orderId, Reservation goods) {
		Paid paid = this.client.post()
			.uri("/payments")
			.body(new Payment(orderId, goods.sku(), goods.quantity()))
			.retrieve()
			.body(Paid.class);
		return Objects.requireNonNull(paid, "payments answered without a body");
	}

	/**
	 * What payments is asked for.
	 *
	 * @param orderId the order to pay
	 * @param sku what was bought
	 * @param quantity how many units
	 */
	record Payment(String orderId, String sku, int quantity) {
	}

	/**
	 * What payments answers.
	 *
	 * @param payment the decision, such as {@code accepted}
	 * @param servedBy the instance that answered
	 */
	record Paid(String payment, String servedBy) {
	}

}
