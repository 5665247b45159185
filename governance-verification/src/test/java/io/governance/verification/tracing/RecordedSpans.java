// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.tracing;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps the sampled spans that an application finished.
 */
final class RecordedSpans extends SpanHandler {

	private final List<MutableSpan> spans = new CopyOnWriteArrayList<>();

	@Override
	public boolean end(TraceContext context, MutableSpan span, Cause cause) {
		this.spans.add(span);
		return true;
	}

	MutableSpan one(String traceId, Predicate<MutableSpan> which) {
		Awaitility.await().until(() -> !all(traceId, which).isEmpty());
		List<MutableSpan> found = all(traceId, which);
		assertThat(found).hasSize(1);
		return found.get(0);
	}

	List<MutableSpan> all(String traceId, Predicate<MutableSpan> which) {
		return this.spans.stream()
			.filter((span) -> span.traceId().equals(traceId))
			.filter(which)
			.sorted(Comparator.comparing(MutableSpan::startTimestamp))
			.toList();
	}

}
