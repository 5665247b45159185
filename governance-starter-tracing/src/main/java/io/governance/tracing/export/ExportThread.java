// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that sends. It waits until a batch is together or the interval is over,
 * sends all there is, and tries a message that could not be sent again before it gives it
 * up. It says when exports begin to fail and when they work again, and nothing between.
 */
final class ExportThread extends Thread {

	/**
	 * So many waiting spans end the wait.
	 */
	static final int WAKE_AT = 500;

	private static final int BATCH_SPANS = 1000;

	private static final int BATCH_BYTES = 1 << 20;

	private static final int TRIES = 3;

	private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

	private static final Duration INTERRUPTED_END = Duration.ofMillis(500);

	private static final Logger logger = LoggerFactory.getLogger(ExportThread.class);

	private final ExportSettings settings;

	private final SpanQueue queue;

	private final SpanEncoder encoder;

	private final SpanSender sender;

	private final ExportCounts counts;

	private final CountDownLatch finishing = new CountDownLatch(1);

	private boolean failing;

	private long droppedBefore;

	ExportThread(ExportSettings settings, SpanQueue queue, SpanEncoder encoder, SpanSender sender,
			ExportCounts counts) {
		super("governance-span-export");
		setDaemon(true);
		this.settings = settings;
		this.queue = queue;
		this.encoder = encoder;
		this.sender = sender;
		this.counts = counts;
	}

	@Override
	public void run() {
		try (this.sender) {
			while (!isFinishing()) {
				if (this.queue.size() < WAKE_AT) {
					LockSupport.parkNanos(this.settings.queue().flushInterval().toNanos());
				}
				exportWaiting();
			}
			exportWaiting();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Sends what waits and ends, within a time. Called by another thread.
	 */
	void finish(Duration most) {
		this.finishing.countDown();
		LockSupport.unpark(this);
		try {
			join(Math.max(1, most.toMillis()));
			if (isAlive()) {
				interrupt();
				join(INTERRUPTED_END.toMillis());
			}
		}
		catch (InterruptedException ex) {
			interrupt();
			Thread.currentThread().interrupt();
		}
	}

	private void exportWaiting() throws InterruptedException {
		// as many as there are now: others come while these are sent
		int left = this.queue.size();
		while (left > 0) {
			List<byte[]> batch = this.queue.take(Math.min(left, BATCH_SPANS), BATCH_BYTES);
			if (batch.isEmpty()) {
				return;
			}
			left -= batch.size();
			export(batch);
		}
	}

	private void export(List<byte[]> batch) throws InterruptedException {
		boolean sent = false;
		try {
			sent = send(this.encoder.message(batch));
		}
		catch (InterruptedException ex) {
			this.counts.dropped(DropReason.SHUTDOWN, batch.size());
			throw ex;
		}
		catch (RuntimeException ex) {
			// this thread must outlive a fault of ours, or nothing is exported any more
			reportFailure(ex.toString());
			this.counts.failed();
		}
		if (sent) {
			this.counts.sent(batch.size());
			reportSuccess();
		}
		else {
			this.counts.dropped(DropReason.SEND_FAILED, batch.size());
		}
	}

	private boolean send(byte[] message) throws InterruptedException {
		Duration pause = FIRST_PAUSE;
		for (int attempt = 1;; attempt++) {
			try {
				this.sender.send(message);
				return true;
			}
			catch (SendException ex) {
				this.counts.failed();
				reportFailure(String.valueOf(ex.getMessage()));
				if (attempt == TRIES || !ex.isWorthRetrying() || isFinishing()) {
					return false;
				}
			}
			this.finishing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
			pause = pause.multipliedBy(2);
		}
	}

	private boolean isFinishing() {
		return this.finishing.getCount() == 0;
	}

	private void reportFailure(String reason) {
		if (!this.failing) {
			this.failing = true;
			this.droppedBefore = this.counts.droppedSpans();
			logger.warn("span export fails: to={} reason=\"{}\"; spans wait in a bounded queue, then are dropped",
					this.settings, reason);
		}
	}

	private void reportSuccess() {
		if (this.failing) {
			this.failing = false;
			logger.info("span export works again: to={} dropped={}", this.settings,
					this.counts.droppedSpans() - this.droppedBefore);
		}
	}

}
