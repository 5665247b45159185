// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The bounded queue and the one thread that empties it. What is dropped is said by that
 * thread, once when it begins and once when it is over: whoever hands over a record must
 * not meet the very appender that is stuck. Thread-safe.
 */
final class AccessLogWriter {

	private static final Logger logger = LoggerFactory.getLogger(AccessLog.class);

	private static final int BATCH = 256;

	/** Saves waking the thread for every single line while there are many. */
	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	/** How long nothing must have been dropped until that is said. */
	private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(5);

	/** Wakes the thread up for a stop. */
	private static final AccessRecord WAKE_UP = new AccessRecord(new AccessRecord.Timing(0, 0),
			new AccessRecord.RequestLine(null, null, null, null),
			new AccessRecord.Answer(0, AccessRecord.Ending.COMPLETE, 0, 0, null),
			new AccessRecord.Peers(new AccessRecord.Address(null, 0), new AccessRecord.Address(null, 0), Map.of()),
			AccessRecord.Origin.UNKNOWN, null);

	private final Logger access;

	private final AccessLine line;

	private final BlockingQueue<AccessRecord> queue;

	private final int size;

	private final Duration flushTimeout;

	private final TimeSource time;

	private final LongAdder written = new LongAdder();

	private final LongAdder dropped = new LongAdder();

	private volatile @Nullable Thread thread;

	private volatile boolean stopping;

	/** Of the writing thread. */
	private long said;

	/** Of the writing thread. */
	private long lostAt;

	/** Of the writing thread. */
	private boolean losing;

	/** Of the writing thread: why a line could not be written. */
	private @Nullable Throwable failure;

	AccessLogWriter(AccessLogSettings settings, Logger access, TimeSource time) {
		this.access = access;
		this.time = time;
		this.line = new AccessLine(settings);
		this.size = settings.queue().size();
		this.queue = new ArrayBlockingQueue<>(this.size);
		this.flushTimeout = settings.queue().flushTimeout();
	}

	void offer(AccessRecord accessed) {
		if (this.thread == null || !this.queue.offer(accessed)) {
			this.dropped.increment();
		}
	}

	void lost() {
		this.dropped.increment();
	}

	long written() {
		return this.written.sum();
	}

	long dropped() {
		return this.dropped.sum();
	}

	int queued() {
		return this.queue.size();
	}

	boolean isRunning() {
		return this.thread != null;
	}

	void start() {
		if (this.thread == null) {
			this.stopping = false;
			Thread writing = new Thread(this::run, "governance-access-log");
			writing.setDaemon(true);
			this.thread = writing;
			writing.start();
		}
	}

	/**
	 * Waits until all lines are written, but not longer than allowed: an appender may be
	 * stuck.
	 */
	void stop() {
		Thread writing = this.thread;
		if (writing == null) {
			return;
		}
		this.stopping = true;
		boolean told = this.queue.offer(WAKE_UP);
		try {
			writing.join(Math.max(1, this.flushTimeout.toMillis()));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.thread = null;
		int left = this.queue.size() - ((told && writing.isAlive()) ? 1 : 0);
		if (left > 0) {
			this.dropped.add(left);
		}
		this.queue.clear();
	}

	private void run() {
		List<AccessRecord> batch = new ArrayList<>(BATCH);
		try {
			while (this.thread == Thread.currentThread() && (!this.stopping || !this.queue.isEmpty())) {
				writeSome(batch);
			}
		}
		finally {
			if (this.thread == Thread.currentThread() && !this.stopping) {
				// from now on nobody must put anything in
				this.thread = null;
				this.dropped.add(this.queue.size());
				this.queue.clear();
			}
		}
	}

	private void writeSome(List<AccessRecord> batch) {
		try {
			fill(batch);
			batch.forEach(this::write);
			report();
		}
		catch (InterruptedException ex) {
			// by an appender: who wants this thread to end says so otherwise
			logger.trace("interrupted, goes on");
		}
		finally {
			batch.clear();
		}
	}

	private void fill(List<AccessRecord> batch) throws InterruptedException {
		AccessRecord first = this.queue.poll(CALM_NANOS, TimeUnit.NANOSECONDS);
		if (first != null) {
			batch.add(first);
			if (!this.stopping && this.queue.size() < BATCH) {
				LockSupport.parkNanos(PAUSE_NANOS);
			}
			this.queue.drainTo(batch, BATCH - 1);
		}
	}

	/**
	 * An appender that fails must not end the thread, whatever it fails with: all further
	 * lines would be lost.
	 */
	private void write(AccessRecord accessed) {
		if (accessed == WAKE_UP) {
			return;
		}
		AccessRecord.Origin origin = accessed.origin();
		try {
			if (origin.traceId() != null && origin.spanId() != null) {
				MDC.put("traceId", origin.traceId());
				MDC.put("spanId", origin.spanId());
			}
			this.access.info(this.line.of(accessed));
			this.written.increment();
		}
		catch (Throwable ex) {
			this.dropped.increment();
			this.failure = ex;
		}
		finally {
			MDC.clear();
		}
	}

	private void report() {
		long lost = this.dropped.sum();
		if (lost > this.said) {
			this.said = lost;
			this.lostAt = this.time.nanoTime();
			if (!this.losing) {
				this.losing = true;
				logger.warn(
						"access-log=dropping dropped={} queue-size={} error=\"{}\" effect=\"lines are missing, requests go on\"",
						lost, this.size, (this.failure != null) ? this.failure.toString() : "none");
			}
		}
		else if (this.losing && this.time.nanoTime() - this.lostAt >= CALM_NANOS) {
			this.losing = false;
			this.failure = null;
			logger.info("access-log=complete dropped={}", lost);
		}
	}

}
