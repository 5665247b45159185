// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.time.Duration;

import io.governance.test.ManualTimeSource;
import io.governance.tracing.export.ExportSettings.Format;
import io.governance.tracing.export.ExportSettings.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ExportStateTests {

	private final ManualTimeSource time = new ManualTimeSource();

	private final ExportCounts counts = new ExportCounts();

	private final ExportState state = new ExportState(Exports.settings(Format.ZIPKIN, "http://127.0.0.1:1", null,
			new Queue(10, 1000, Duration.ofSeconds(1), Duration.ofSeconds(1))), this.counts, this.time);

	@Test
	void aFullQueueIsALineAndItsEndIsAnother(CapturedOutput output) {
		for (int i = 0; i < 5; i++) {
			this.counts.dropped(DropReason.QUEUE_FULL, 10);
			this.state.look();
			this.time.advance(ExportState.QUIET.minusNanos(1));
			this.state.look();
		}
		assertThat(output).containsOnlyOnce("span export is too slow").doesNotContain("keeps up again");
		this.time.advance(Duration.ofNanos(1));
		this.state.look();
		this.state.look();
		assertThat(output).containsOnlyOnce("span export keeps up again: to=zipkin http://127.0.0.1:1 dropped=50");
		this.counts.dropped(DropReason.QUEUE_FULL, 1);
		this.state.look();
		assertThat(output.toString().split("span export is too slow")).hasSize(3);
	}

	@Test
	void whatDoesNotFitWhileNothingGoesOutIsNoNews(CapturedOutput output) {
		this.state.failed("away");
		this.counts.dropped(DropReason.QUEUE_FULL, 10);
		this.state.look();
		this.state.worked(PartialSuccess.ALL_TAKEN);
		this.state.look();
		assertThat(output).containsOnlyOnce("span export works again: to=zipkin http://127.0.0.1:1 dropped=10")
			.doesNotContain("too slow");
	}

	@Test
	void spansThatAreRejectedAreALineAndTheirEndIsAnother(CapturedOutput output) {
		for (int i = 0; i < 3; i++) {
			this.counts.dropped(DropReason.REJECTED, 2);
			this.state.worked(new PartialSuccess(2, "too old"));
			this.state.worked(PartialSuccess.ALL_TAKEN);
			this.state.look();
		}
		assertThat(output)
			.containsOnlyOnce("refused in part: to=zipkin http://127.0.0.1:1 rejected=2 reason=\"too old\"");
		this.time.advance(ExportState.QUIET);
		this.state.look();
		assertThat(output).containsOnlyOnce("taken whole again: to=zipkin http://127.0.0.1:1 rejected=6");
	}

}
