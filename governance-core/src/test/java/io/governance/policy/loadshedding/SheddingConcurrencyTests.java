// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.loadshedding;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import io.governance.fixture.Parallel;
import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Call.Priority;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SheddingConcurrencyTests {

	private static final int THREADS = 4;

	private static final int CALLS = 50_000;

	private static final Outcome ANSWER = SheddingTestBed.answered(200, 20);

	private final SheddingTestBed bed = new SheddingTestBed();

	@Test
	void noCallIsLostOrCountedTwice() throws InterruptedException {
		Traffic traffic = new Traffic(this.bed.time);
		Parallel.run(THREADS, (thread) -> {
			for (int i = 0; i < CALLS; i++) {
				((Decision.Admitted) traffic.begin()).permit().release(ANSWER);
			}
		});
		assertThat(traffic.inFlight()).isZero();
		assertThat(traffic.average()).isBetween(0.0, (double) THREADS);
		this.bed.nextBucket();
		assertThat(traffic.maxFlight())
			.isEqualTo(Limits.maxFlight((long) THREADS * CALLS, 20, PassWindow.BUCKET_NANOS));
	}

	@Test
	void aCallThatIsHalfWrittenMakesNoTimeShorter() throws InterruptedException {
		PassWindow window = new PassWindow(this.bed.time, 50, 1);
		LongAdder tooShort = new LongAdder();
		Parallel.run(THREADS, (thread) -> {
			for (int i = 0; i < CALLS; i++) {
				window.add(20);
				if (i % 1_000 == 0) {
					this.bed.time.advanceNanos(1);
				}
				tooShort.add((window.best().minRtMillis() < 20) ? 1 : 0);
			}
		});
		assertThat(tooShort.sum()).as("times that are shorter than any call took").isZero();
	}

	@Test
	void theLimitHoldsButForCallsThatAreAskedForAtTheSameTime() throws InterruptedException {
		this.bed.busy(20);
		for (int i = 0; i < 15; i++) {
			this.bed.end(Outcome.failure(Outcome.Kind.CANCELLED, null, 0));
		}
		// 5 in flight, more than 8 on average, and 8 is the limit
		this.bed.cpu = 0.9;
		AtomicInteger inFlight = new AtomicInteger(5);
		AtomicInteger most = new AtomicInteger();
		LongAdder dropped = new LongAdder();
		Parallel.run(THREADS, (thread) -> {
			for (int i = 0; i < CALLS; i++) {
				if (this.bed.ask(Priority.DEFAULT) instanceof Decision.Admitted) {
					most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
				}
				else {
					dropped.increment();
				}
			}
		});
		assertThat(most.get()).isBetween(9, 8 + THREADS);
		assertThat(dropped.sum()).isEqualTo((long) THREADS * CALLS - (most.get() - 5));
	}

}
