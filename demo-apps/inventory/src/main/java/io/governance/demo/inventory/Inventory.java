// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.inventory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * The stock, as all instances see it: every call first takes in what the others wrote.
 * Thread-safe: one lock guards journal and stock.
 */
final class Inventory {

	private final Lock lock = new ReentrantLock();

	private final Journal journal;

	private final Stock stock;

	Inventory(Journal journal, Stock stock) {
		this.journal = journal;
		this.stock = stock;
	}

	/**
	 * Reserves units for an order. Repeated, at this or another instance, it counts once.
	 * @param asked what to reserve
	 * @return how the sku stands now
	 * @throws ResponseStatusException 422 for an unknown sku; 409 if too few are left, or
	 * if the order reserved something else before
	 */
	Stock.Level reserve(Reservation asked) {
		return withStock((session) -> {
			if (isNew(asked)) {
				session.append(asked.line());
				this.stock.apply(asked);
			}
			return known(asked.sku());
		});
	}

	/**
	 * How a sku stands.
	 * @param sku the sku
	 * @return its level; empty if we do not sell it
	 */
	Optional<Stock.Level> level(String sku) {
		return withStock((session) -> this.stock.level(sku));
	}

	/**
	 * All reservations of all instances.
	 * @return the totals
	 */
	Stock.Totals totals() {
		return withStock((session) -> this.stock.totals());
	}

	private boolean isNew(Reservation asked) {
		Stock.Level level = known(asked.sku());
		Reservation earlier = this.stock.find(asked.orderId());
		if (earlier != null && !earlier.equals(asked)) {
			throw refused(HttpStatus.CONFLICT, "order: " + asked + " (expected: the same as before, " + earlier + ")");
		}
		if (earlier == null && level.stock() < asked.quantity()) {
			throw refused(HttpStatus.CONFLICT,
					"quantity: " + asked.quantity() + " (expected: at most the " + level.stock() + " left)");
		}
		return earlier == null;
	}

	private Stock.Level known(String sku) {
		return this.stock.level(sku)
			.orElseThrow(() -> refused(HttpStatus.UNPROCESSABLE_CONTENT, "sku: " + sku + " (expected: one we sell)"));
	}

	private static ResponseStatusException refused(HttpStatus status, String reason) {
		return new ResponseStatusException(status, reason);
	}

	private <T> T withStock(Work<T> work) {
		this.lock.lock();
		try (Journal.Session session = this.journal.open()) {
			session.catchUp((line) -> this.stock.apply(Reservation.parse(line)));
			return work.run(session);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	private interface Work<T> {

		T run(Journal.Session session) throws IOException;

	}

}
