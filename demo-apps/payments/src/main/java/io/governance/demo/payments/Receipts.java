// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.payments;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import org.springframework.stereotype.Component;

/**
 * The receipts of the newest orders: an order that is paid again gets the receipt it has.
 * Thread-safe. In memory only, and bounded: an order that fell out would be paid twice.
 */
@Component
final class Receipts {

	static final int REMEMBERED = 50_000;

	private final Lock lock = new ReentrantLock();

	private final Map<String, String> byOrder = new Newest();

	/**
	 * The receipt of an order.
	 * @param orderId the paid order
	 * @return its receipt, the same for every call
	 */
	String of(String orderId) {
		this.lock.lock();
		try {
			return this.byOrder.computeIfAbsent(orderId, (id) -> UUID.randomUUID().toString());
		}
		finally {
			this.lock.unlock();
		}
	}

	@SuppressWarnings("serial")
	private static final class Newest extends LinkedHashMap<String, String> {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
			return size() > REMEMBERED;
		}

	}

}
