// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

import io.governance.tracing.export.ExportSettings.Format;
import io.governance.tracing.export.ExportSettings.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The thread with a connection that does what it is told, message by message.
 */
@ExtendWith(OutputCaptureExtension.class)
class ExportThreadTests {

	private final ExportSettings settings = Exports.settings(Format.ZIPKIN, "http://127.0.0.1:1", null,
			new Queue(10_000, 1 << 20, Duration.ofMinutes(1), Duration.ofSeconds(1)));

	private final SpanQueue queue = new SpanQueue(10_000, 1 << 20);

	private final ExportCounts counts = new ExportCounts();

	@Test
	void anErrorCostsItsMessageAndNotTheThread(CapturedOutput output) {
		IntStream.range(0, 3500).forEach((span) -> this.queue.offer(new byte[] { '{', '}' }));
		run(new OutOfMemoryError("gzip"), new NoClassDefFoundError("H2"), PartialSuccess.ALL_TAKEN,
				PartialSuccess.ALL_TAKEN);
		assertThat(this.counts.droppedSpans(DropReason.SEND_FAILED)).isEqualTo(2000);
		assertThat(this.counts.exportedSpans()).isEqualTo(1500);
		assertThat(this.counts.failedMessages()).isEqualTo(2);
		assertThat(output).containsOnlyOnce("span export fails")
			.contains("OutOfMemoryError: gzip")
			.containsOnlyOnce("span export works again");
	}

	@Test
	void noMoreSpansAreRejectedThanWereSent() {
		IntStream.range(0, 3).forEach((span) -> this.queue.offer(new byte[] { '{', '}' }));
		run(new PartialSuccess(Long.MAX_VALUE, "all"));
		assertThat(this.counts.droppedSpans(DropReason.REJECTED)).isEqualTo(3);
		assertThat(this.counts.exportedSpans()).isZero();
	}

	private void run(Object... answers) {
		ExportThread thread = new ExportThread(this.settings, this.queue, new ZipkinEncoder(), new Scripted(answers),
				this.counts);
		thread.start();
		thread.finish(Duration.ofSeconds(5));
		assertThat(thread.isAlive()).isFalse();
	}

	private static final class Scripted implements SpanSender {

		private final Deque<Object> answers;

		Scripted(Object... answers) {
			this.answers = new ArrayDeque<>(List.of(answers));
		}

		@Override
		public PartialSuccess send(byte[] message) {
			Object answer = this.answers.remove();
			if (answer instanceof Error error) {
				throw error;
			}
			return (PartialSuccess) answer;
		}

		@Override
		public void close() {
			// nothing is open
		}

	}

}
