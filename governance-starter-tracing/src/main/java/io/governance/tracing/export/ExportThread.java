// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The thread that sends. It waits until a batch is together or the interval is over,
 * sends all there is, and tries a message that could not be sent again before it gives it
 * up.
 */
final class ExportThread extends Thread {

	private static final int BATCH_SPANS = 1000;

	private static final int BATCH_BYTES = 1 << 20;

	private static final int TRIES = 3;

	private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

	private static final Duration INTERRUPTED_END = Duration.ofMillis(500);

	private final ExportSettings settings;

	private final SpanQueue queue;

	private final SpanEncoder encoder;

	private final SpanSender sender;

	private final ExportCounts counts;

	private final ExportState state;

	private final CountDownLatch finishing = new CountDownLatch(1);

	ExportThread(ExportSettings settings, SpanQueue queue, SpanEncoder encoder, SpanSender sender,
			ExportCounts counts) {
		super("governance-span-export");
		setDaemon(true);
		this.settings = settings;
		this.queue = queue;
		this.encoder = encoder;
		this.sender = sender;
		this.counts = counts;
		this.state = new ExportState(settings, counts, TimeSource.system());
	}

	@Override
	public void run() {
		try (this.sender) {
			while (!isFinishing()) {
				if (!this.queue.hasMuch()) {
					LockSupport.parkNanos(this.settings.queue().flushInterval().toNanos());
				}
				round();
			}
			round();
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

	/**
	 * This thread must outlive any fault, or nothing is exported any more.
	 */
	private void round() throws InterruptedException {
		try {
			exportWaiting();
			this.state.look();
		}
		catch (RuntimeException | Error ex) {
			say(ex);
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
		@Nullable PartialSuccess answer = null;
		try {
			answer = send(this.encoder.message(batch));
		}
		catch (InterruptedException ex) {
			this.counts.dropped(DropReason.SHUTDOWN, batch.size());
			throw ex;
		}
		catch (RuntimeException | Error ex) {
			this.counts.failed();
			say(ex);
		}
		if (answer == null) {
			this.counts.dropped(DropReason.SEND_FAILED, batch.size());
			return;
		}
		int rejected = (int) Math.min(answer.rejected(), batch.size());
		this.counts.sent(batch.size() - rejected);
		this.counts.dropped(DropReason.REJECTED, rejected);
		this.state.worked(answer);
		this.state.look();
	}

	private void say(Throwable cause) {
		try {
			this.state.failed(cause.toString());
		}
		catch (RuntimeException | Error ex) {
			// no memory for a line: the next failure says it
		}
	}

	private @Nullable PartialSuccess send(byte[] message) throws InterruptedException {
		Duration pause = FIRST_PAUSE;
		for (int attempt = 1;; attempt++) {
			Duration asked;
			try {
				return this.sender.send(message);
			}
			catch (SendException ex) {
				this.counts.failed();
				this.state.failed(String.valueOf(ex.getMessage()));
				if (attempt == TRIES || !ex.isWorthRetrying() || isFinishing()) {
					return null;
				}
				asked = ex.retryAfter();
			}
			this.finishing.await(Math.max(pause.toMillis(), asked.toMillis()), TimeUnit.MILLISECONDS);
			pause = pause.multipliedBy(2);
		}
	}

	private boolean isFinishing() {
		return this.finishing.getCount() == 0;
	}

}
