// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import javax.net.ssl.SSLContext;

import brave.Tracing;
import io.governance.tracing.export.ExportSettings.Connection;
import io.governance.tracing.export.ExportSettings.Format;
import io.governance.tracing.export.ExportSettings.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A running exporter with a tracer in front of it, and quick settings.
 */
final class Exports implements AutoCloseable {

	private static final Queue USUAL = new Queue(1000, 1 << 20, Duration.ofMillis(20), Duration.ofMillis(800));

	private final SpanExporter exporter;

	private final Tracing tracing;

	private Exports(ExportSettings settings) {
		this.exporter = new SpanExporter(settings);
		this.tracing = Tracing.newBuilder().localServiceName("orders").addSpanHandler(this.exporter).build();
	}

	static Exports started(Format format, String endpoint) {
		return started(format, endpoint, USUAL);
	}

	static Exports started(Format format, String endpoint, @Nullable SSLContext ssl) {
		Exports exports = new Exports(settings(format, endpoint, ssl, USUAL));
		exports.exporter.start();
		return exports;
	}

	static Exports started(Format format, String endpoint, Queue queue) {
		Exports exports = new Exports(settings(format, endpoint, null, queue));
		exports.exporter.start();
		return exports;
	}

	static ExportSettings settings(Format format, String endpoint, @Nullable SSLContext ssl, Queue queue) {
		return new ExportSettings(format, new Connection(URI.create(endpoint), Map.of("authorization", "Bearer secret"),
				true, Duration.ofSeconds(2), Duration.ofSeconds(2), ssl), queue, Map.of("service.name", "orders"));
	}

	void spans(int count) {
		for (int i = 0; i < count; i++) {
			this.tracing.tracer().newTrace().name("work " + i).tag("key", "value").start().finish();
		}
	}

	SpanExporter exporter() {
		return this.exporter;
	}

	long exported() {
		return this.exporter.counts().exportedSpans();
	}

	long dropped(DropReason reason) {
		return this.exporter.counts().droppedSpans(reason);
	}

	@Override
	public void close() {
		this.exporter.stop();
		this.tracing.close();
	}

}
