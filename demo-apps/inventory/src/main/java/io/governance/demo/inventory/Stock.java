// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.inventory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * What is on hand and what is reserved: the sum of the journal. Not thread-safe.
 * Remembers the newest orders only; all instances forget the same ones.
 */
final class Stock {

	static final int REMEMBERED = 50_000;

	private final Map<String, Long> initial;

	private final Map<String, Long> reserved = new TreeMap<>();

	private final Map<String, Reservation> byOrder = new Newest();

	private long orders;

	Stock(Map<String, Long> initial) {
		this.initial = Map.copyOf(initial);
	}

	void apply(Reservation reservation) {
		this.reserved.merge(reservation.sku(), (long) reservation.quantity(), Long::sum);
		this.byOrder.put(reservation.orderId(), reservation);
		this.orders++;
	}

	@Nullable Reservation find(String orderId) {
		return this.byOrder.get(orderId);
	}

	Optional<Level> level(String sku) {
		long units = this.reserved.getOrDefault(sku, 0L);
		return Optional.ofNullable(this.initial.get(sku)).map((onHand) -> new Level(sku, onHand - units, units));
	}

	Totals totals() {
		long units = this.reserved.values().stream().mapToLong(Long::longValue).sum();
		return new Totals(this.orders, units, Map.copyOf(this.reserved));
	}

	/**
	 * How one sku stands.
	 *
	 * @param sku the sku
	 * @param stock units left
	 * @param reserved units reserved
	 */
	record Level(String sku, long stock, long reserved) {
	}

	/**
	 * All reservations.
	 *
	 * @param orders how many orders have one
	 * @param units how many units they reserve
	 * @param bySku the units of each sku
	 */
	record Totals(long orders, long units, Map<String, Long> bySku) {
	}

	@SuppressWarnings("serial")
	private static final class Newest extends LinkedHashMap<String, Reservation> {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Reservation> eldest) {
			return size() > REMEMBERED;
		}

	}

}
