// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.orders;

import java.util.Objects;

import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * The service inventory, as seen from here.
 */
@Component
final class Inventory {

	private final RestClient client;

	Inventory(RestClient.Builder builder) {
		this.client = builder.clone().baseUrl("http://inventory").build();
	}

	/**
	 * Reserves units. PUT under the order's id: it may be repeated, at any instance, and
	 * counts once.
	 */
	Reserved reserve(String orderId, Reservation reservation) {
		Reserved reserved = this.client.put()
			.uri("/reservations/{orderId}", orderId)
			.body(reservation)
			.retrieve()
			.body(Reserved.class);
		return Objects.requireNonNull(reserved, "inventory answered without a body");
	}

	/**
	 * What inventory answers.
	 *
	 * @param stock units left
	 * @param servedBy the instance that answered
	 */
	record Reserved(long stock, String servedBy) {
	}

}
