// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a reactive exchange leaves behind while it runs. Thread-safe.
 */
final class ExchangeTrail {

	private final long start;

	private final boolean webSocket;

	private final LongAdder received = new LongAdder();

	private final LongAdder sent = new LongAdder();

	private volatile Map<String, Object> attributes = Map.of();

	private volatile boolean clientGone;

	private final AtomicBoolean ended = new AtomicBoolean();

	ExchangeTrail(long start, boolean webSocket) {
		this.start = start;
		this.webSocket = webSocket;
	}

	boolean isWebSocket() {
		return this.webSocket;
	}

	long start() {
		return this.start;
	}

	void attributes(Map<String, Object> live) {
		this.attributes = live;
	}

	Map<String, Object> attributes() {
		return this.attributes;
	}

	void received(long bytes) {
		this.received.add(bytes);
	}

	long received() {
		return this.received.sum();
	}

	void sent(long bytes) {
		this.sent.add(bytes);
	}

	long sent() {
		return this.sent.sum();
	}

	void clientGone() {
		this.clientGone = true;
	}

	/**
	 * Ends it.
	 * @return whether it had not ended before
	 */
	boolean end() {
		return this.ended.compareAndSet(false, true);
	}

	boolean isClientGone() {
		return this.clientGone;
	}

}
