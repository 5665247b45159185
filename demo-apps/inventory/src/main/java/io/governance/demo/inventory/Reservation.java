// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.inventory;

/**
 * Units set aside for an order.
 *
 * @param orderId the order
 * @param sku what is reserved
 * @param quantity how many units
 */
record Reservation(String orderId, String sku, int quantity) {

	static Reservation parse(String line) {
		String[] fields = line.split(" ");
		if (fields.length != 3) {
			throw new IllegalArgumentException("journal line: " + line + " (expected: order, sku, quantity)");
		}
		return new Reservation(fields[0], fields[1], Integer.parseInt(fields[2]));
	}

	String line() {
		return this.orderId + " " + this.sku + " " + this.quantity;
	}

}
