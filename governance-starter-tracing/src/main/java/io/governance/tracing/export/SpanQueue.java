// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Encoded spans that wait for the export thread, bounded by number and by bytes. Many
 * threads put, none of them ever waits; one takes.
 */
final class SpanQueue {

	private final Queue<byte[]> spans = new ConcurrentLinkedQueue<>();

	private final AtomicInteger size = new AtomicInteger();

	private final AtomicLong bytes = new AtomicLong();

	private final int maxSpans;

	private final long maxBytes;

	SpanQueue(int maxSpans, long maxBytes) {
		this.maxSpans = maxSpans;
		this.maxBytes = maxBytes;
	}

	/**
	 * Whether it is worth while to encode a span.
	 */
	boolean hasRoom() {
		return this.size.get() < this.maxSpans && this.bytes.get() < this.maxBytes;
	}

	/**
	 * Puts a span.
	 * @return how many there are now; 0 when there is no room for it
	 */
	int offer(byte[] span) {
		int count = this.size.incrementAndGet();
		if (count > this.maxSpans) {
			this.size.decrementAndGet();
			return 0;
		}
		if (this.bytes.addAndGet(span.length) > this.maxBytes) {
			this.bytes.addAndGet(-span.length);
			this.size.decrementAndGet();
			return 0;
		}
		this.spans.add(span);
		return count;
	}

	/**
	 * Takes the oldest spans: at least one if there is one, then as many as fit.
	 */
	List<byte[]> take(int mostSpans, int mostBytes) {
		List<byte[]> taken = new ArrayList<>();
		long sum = 0;
		for (byte[] next = this.spans.peek(); next != null && taken.size() < mostSpans; next = this.spans.peek()) {
			sum += next.length;
			if (sum > mostBytes && !taken.isEmpty()) {
				break;
			}
			this.spans.remove();
			this.size.decrementAndGet();
			this.bytes.addAndGet(-next.length);
			taken.add(next);
		}
		return taken;
	}

	int size() {
		return this.size.get();
	}

	long bytes() {
		return this.bytes.get();
	}

}
