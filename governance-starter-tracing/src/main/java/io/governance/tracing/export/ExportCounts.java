// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What happened to spans and messages since the start. Thread-safe.
 */
final class ExportCounts {

	private final LongAdder exported = new LongAdder();

	private final Map<DropReason, LongAdder> dropped = new EnumMap<>(DropReason.class);

	private final LongAdder sent = new LongAdder();

	private final LongAdder failed = new LongAdder();

	ExportCounts() {
		for (DropReason reason : DropReason.values()) {
			this.dropped.put(reason, new LongAdder());
		}
	}

	void sent(int spans) {
		this.sent.increment();
		this.exported.add(spans);
	}

	void failed() {
		this.failed.increment();
	}

	void dropped(DropReason reason, long spans) {
		adder(reason).add(spans);
	}

	long exportedSpans() {
		return this.exported.sum();
	}

	long droppedSpans(DropReason reason) {
		return adder(reason).sum();
	}

	long droppedSpans() {
		return this.dropped.values().stream().mapToLong(LongAdder::sum).sum();
	}

	long sentMessages() {
		return this.sent.sum();
	}

	long failedMessages() {
		return this.failed.sum();
	}

	private LongAdder adder(DropReason reason) {
		LongAdder adder = this.dropped.get(reason);
		if (adder == null) {
			throw new IllegalStateException("reason: " + reason + " (expected: one that is counted)");
		}
		return adder;
	}

}
