// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.loadshedding;

import io.governance.fixture.LogLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a shedder says: nothing of calls, and once that it is blind.
 */
class SheddingLinesTests {

	private static final String BLIND = "WARN rule=load-shedding/s cpu=unknown effect=\"no call is dropped\"";

	private final SheddingTestBed bed = new SheddingTestBed();

	@RegisterExtension
	private final LogLines lines = new LogLines();

	@Test
	void droppedCallsAreNoLines() {
		this.bed.busy(20);
		this.bed.cpu = 1;
		for (int i = 0; i < 1_000; i++) {
			assertThat(this.bed.begin()).isFalse();
		}
		assertThat(this.lines.said()).isEmpty();
	}

	/** Is blind for as long as it may be. */
	private void beBlind() {
		this.bed.cpu = Double.NaN;
		this.bed.begin(1);
		this.bed.time.advanceNanos(KnownCpu.PATIENCE_NANOS);
	}

	@Test
	void anUnknownLoadIsSaidOnce() {
		beBlind();
		this.bed.begin(1_000);
		assertThat(this.lines.said()).containsExactly(BLIND);
		this.bed.cpu = 0;
		this.bed.begin(1);
		beBlind();
		this.bed.begin(1);
		assertThat(this.lines.said()).containsExactly(BLIND);
	}

	@Test
	void aLoadThatIsNotKnownYetIsNotSaid() {
		this.bed.time.advanceSeconds(3_600);
		this.bed.cpu = Double.NaN;
		this.bed.begin(10);
		this.bed.time.advanceNanos(KnownCpu.PATIENCE_NANOS - 1);
		this.bed.begin(10);
		assertThat(this.lines.said()).isEmpty();
		this.bed.cpu = 0;
		this.bed.begin(1);
		this.bed.cpu = Double.NaN;
		this.bed.time.advanceNanos(1);
		this.bed.begin(10);
		assertThat(this.lines.said()).isEmpty();
	}

	@Test
	void aChangedRuleDoesNotSayItAgain() {
		beBlind();
		this.bed.begin(1);
		this.bed.policy = this.bed.type.inherit(this.bed.policy, SheddingTestBed.rule(90, 1),
				SheddingTestBed.rule(80, 1), this.bed.context.context());
		this.bed.begin(10);
		assertThat(this.lines.said()).containsExactly(BLIND);
	}

}
