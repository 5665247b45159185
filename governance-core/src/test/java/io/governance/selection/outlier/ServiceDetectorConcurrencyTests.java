// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.outlier;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.governance.fixture.Parallel;
import io.governance.policy.Outcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ServiceDetectorConcurrencyTests {

	private static final int THREADS = 4;

	private final DetectorTestBed bed = new DetectorTestBed(10, DetectorTestBed.rule(null, 0, 30));

	private void sweep(AtomicInteger most) {
		this.bed.detector.sweep();
		most.accumulateAndGet(this.bed.detector.ejected(), Math::max);
	}

	@Test
	void oneThreadAsksForTheSweepHoweverManyReport() throws InterruptedException {
		AtomicInteger asked = new AtomicInteger();
		Parallel.run(THREADS, (thread) -> {
			for (int i = 0; i < 10_000; i++) {
				for (int host = 0; host < 10; host++) {
					asked.addAndGet(
							this.bed.detector.report(this.bed.hosts.get(host), DetectorTestBed.answer(500)) ? 1 : 0);
				}
			}
		});
		assertThat(asked).hasValue(1);
		this.bed.detector.sweep();
		assertThat(this.bed.detector.ejected()).isEqualTo(3);
		assertThat(this.bed.context.counted("overflow")).isEqualTo(7);
	}

	@Test
	void theBoundHoldsWhileAttemptsReportAndSweepsRun() throws InterruptedException {
		AtomicInteger most = new AtomicInteger();
		Thread sweeper = new Thread(() -> {
			while (!Thread.currentThread().isInterrupted()) {
				this.bed.time.advanceSeconds(7);
				sweep(most);
			}
		});
		sweeper.start();
		Parallel.run(THREADS, (thread) -> {
			Outcome failed = DetectorTestBed.answer(503);
			for (int i = 0; i < 50_000; i++) {
				this.bed.detector.report(this.bed.hosts.get(i % 10), failed);
			}
		});
		sweeper.interrupt();
		sweeper.join(Duration.ofSeconds(20).toMillis());
		sweep(most);
		assertThat(most.get()).isBetween(1, 3);
		long ejected = this.bed.context.counted("ejected");
		assertThat(ejected - this.bed.context.counted("returned")).isEqualTo(this.bed.detector.ejected());
	}

}
