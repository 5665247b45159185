// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import io.governance.metrics.GovernanceMeter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Meters of an exporter: what it sent, what it dropped and why, and what waits.
 */
public final class ExportMeters implements MeterBinder {

	private final SpanExporter exporter;

	/**
	 * Creates the binder.
	 * @param exporter the exporter
	 */
	public ExportMeters(SpanExporter exporter) {
		this.exporter = exporter;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		ExportCounts counts = this.exporter.counts();
		GovernanceMeter.TRACING_EXPORT_SPANS.counter(counts, ExportCounts::exportedSpans, "exported", "none")
			.register(registry);
		for (DropReason reason : DropReason.values()) {
			GovernanceMeter.TRACING_EXPORT_SPANS
				.counter(counts, (counted) -> counted.droppedSpans(reason), "dropped", reason.tag())
				.register(registry);
		}
		GovernanceMeter.TRACING_EXPORT_MESSAGES.counter(counts, ExportCounts::sentMessages, "sent").register(registry);
		GovernanceMeter.TRACING_EXPORT_MESSAGES.counter(counts, ExportCounts::failedMessages, "failed")
			.register(registry);
		GovernanceMeter.TRACING_EXPORT_QUEUED.gauge(this.exporter, SpanExporter::queuedSpans).register(registry);
		GovernanceMeter.TRACING_EXPORT_QUEUE.gauge(this.exporter, SpanExporter::queuedBytes).register(registry);
	}

}
