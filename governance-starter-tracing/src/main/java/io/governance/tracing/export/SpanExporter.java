// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.util.concurrent.locks.LockSupport;

import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Takes every sampled span that ends, and sends it to a backend from a thread of its own.
 * Whoever ends a span never waits and never sees an error: a span that finds no room is
 * dropped and counted. Started before and stopped after everything that makes spans; a
 * stop sends what waits, in bounded time. Thread-safe.
 */
public final class SpanExporter extends SpanHandler implements SmartLifecycle {

	/**
	 * Phase of the lifecycle: started first and stopped last, but for what is lower on
	 * purpose.
	 */
	public static final int PHASE = Integer.MIN_VALUE + 100;

	private static final Logger logger = LoggerFactory.getLogger(SpanExporter.class);

	private final ExportSettings settings;

	private final SpanEncoder encoder;

	private final SpanQueue queue;

	private final ExportCounts counts = new ExportCounts();

	private volatile @Nullable ExportThread thread;

	private volatile boolean closed;

	/**
	 * Creates an exporter; spans wait until it is started.
	 * @param settings where to send what
	 */
	public SpanExporter(ExportSettings settings) {
		this.settings = settings;
		this.encoder = (settings.format() == ExportSettings.Format.ZIPKIN) ? new ZipkinEncoder()
				: new OtlpEncoder(settings.resource());
		this.queue = new SpanQueue(settings.queue().maxSpans(), settings.queue().maxBytes());
	}

	@Override
	public boolean end(TraceContext context, MutableSpan span, Cause cause) {
		if (Boolean.TRUE.equals(context.sampled())) {
			take(span);
		}
		return true;
	}

	private void take(MutableSpan span) {
		if (this.closed) {
			this.counts.dropped(DropReason.SHUTDOWN, 1);
			return;
		}
		if (!this.queue.hasRoom()) {
			this.counts.dropped(DropReason.QUEUE_FULL, 1);
			return;
		}
		byte[] encoded;
		try {
			encoded = this.encoder.encode(span);
		}
		catch (RuntimeException ex) {
			logger.debug("span cannot be written: name={}", span.name(), ex);
			this.counts.dropped(DropReason.ENCODING, 1);
			return;
		}
		switch (this.queue.offer(encoded)) {
			case REFUSED -> this.counts.dropped(DropReason.QUEUE_FULL, 1);
			case NOW_MUCH -> LockSupport.unpark(this.thread);
			case WAITS -> {
				// the thread comes by itself
			}
		}
	}

	@Override
	public synchronized void start() {
		if (this.thread == null) {
			this.closed = false;
			ExportThread started = new ExportThread(this.settings, this.queue, this.encoder, sender(), this.counts);
			this.thread = started;
			started.start();
		}
	}

	private SpanSender sender() {
		return switch (this.settings.format()) {
			case OTLP_GRPC -> new GrpcSpanSender(this.settings.connection());
			case OTLP_HTTP ->
				new HttpSpanSender(this.settings.connection(), this.encoder.mediaType(), HttpDialect.OTLP);
			case ZIPKIN -> new HttpSpanSender(this.settings.connection(), this.encoder.mediaType(), HttpDialect.ZIPKIN);
		};
	}

	@Override
	public synchronized void stop() {
		ExportThread running = this.thread;
		if (running != null) {
			this.closed = true;
			running.finish(this.settings.queue().shutdownTimeout());
			this.thread = null;
			int left = this.queue.take(Integer.MAX_VALUE, Integer.MAX_VALUE).size();
			this.counts.dropped(DropReason.SHUTDOWN, left);
			if (left > 0) {
				logger.warn("span export ended with spans left: to={} dropped={}", this.settings, left);
			}
		}
	}

	@Override
	public boolean isRunning() {
		return this.thread != null;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	ExportCounts counts() {
		return this.counts;
	}

	int queuedSpans() {
		return this.queue.size();
	}

	long queuedBytes() {
		return this.queue.bytes();
	}

	/**
	 * Where spans go, as it may be logged.
	 */
	@Override
	public String toString() {
		return this.settings.toString();
	}

}
