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

	private static final int MANY = 500;

	private final Queue<byte[]> spans = new ConcurrentLinkedQueue<>();

	private final AtomicInteger size = new AtomicInteger();

	private final AtomicLong bytes = new AtomicLong();

	private final int maxSpans;

	private final long maxBytes;

	private final int manySpans;

	private final long manyBytes;

	SpanQueue(int maxSpans, long maxBytes) {
		this.maxSpans = maxSpans;
		this.maxBytes = maxBytes;
		this.manySpans = Math.min(MANY, Math.max(1, maxSpans / 2));
		this.manyBytes = Math.max(1, maxBytes / 2);
	}

	/**
	 * Whether it is worth while to encode a span.
	 */
	boolean hasRoom() {
		return this.size.get() < this.maxSpans && this.bytes.get() < this.maxBytes;
	}

	/**
	 * Whether so much waits that it should be sent now: many spans, or half of what fits.
	 */
	boolean hasMuch() {
		return this.size.get() >= this.manySpans || this.bytes.get() >= this.manyBytes;
	}

	/**
	 * Puts a span.
	 */
	Offer offer(byte[] span) {
		int count = this.size.incrementAndGet();
		if (count > this.maxSpans) {
			this.size.decrementAndGet();
			return Offer.REFUSED;
		}
		long sum = this.bytes.addAndGet(span.length);
		if (sum > this.maxBytes) {
			this.bytes.addAndGet(-span.length);
			this.size.decrementAndGet();
			return Offer.REFUSED;
		}
		this.spans.add(span);
		boolean much = count == this.manySpans || (sum >= this.manyBytes && sum - span.length < this.manyBytes);
		return much ? Offer.NOW_MUCH : Offer.WAITS;
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

	/**
	 * What became of a span.
	 */
	enum Offer {

		/**
		 * There is no room for it.
		 */
		REFUSED,

		/**
		 * It waits.
		 */
		WAITS,

		/**
		 * It waits, and with it there is much: said once, not for those that follow.
		 */
		NOW_MUCH

	}

}
