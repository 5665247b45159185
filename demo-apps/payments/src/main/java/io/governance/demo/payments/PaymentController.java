// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.payments;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Accepts every payment, once per order.
 */
@RestController
final class PaymentController {

	private final Receipts receipts;

	private final String instance;

	PaymentController(Receipts receipts, @Value("${demo.instance}") String instance) {
		this.receipts = receipts;
		this.instance = instance;
	}

	@PostMapping("/payments")
	Accepted pay(@RequestBody Payment payment) {
		String orderId = payment.order();
		return new Accepted(orderId, "accepted", this.receipts.of(orderId), this.instance);
	}

	/**
	 * The answer to a payment.
	 *
	 * @param orderId the paid order
	 * @param payment the decision
	 * @param receipt the same for every repetition
	 * @param servedBy this instance
	 */
	record Accepted(String orderId, String payment, String receipt, String servedBy) {
	}

}
