// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.concurrencylimit;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.management.ThreadMXBean;
import io.governance.fixture.Parallel;
import io.governance.policy.Decision;
import io.governance.policy.FakeCall;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Call.Priority;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConcurrencyLimitConcurrencyTests {

	private static final int THREADS = 4;

	private static final int CALLS = 50_000;

	private final AtomicInteger inFlight = new AtomicInteger();

	private final AtomicInteger most = new AtomicInteger();

	private void enter(LimitTestBed bed, FakeCall call, List<Permit> held) {
		Optional<Permit> permit = bed.tryAdmit(call);
		permit.ifPresent((admitted) -> {
			this.most.accumulateAndGet(this.inFlight.incrementAndGet(), Math::max);
			held.add(admitted);
		});
	}

	private void leave(List<Permit> held, Outcome outcome) {
		this.inFlight.decrementAndGet();
		held.remove(held.size() - 1).release(outcome);
	}

	@Test
	void neverMoreCallsInFlightThanTheLimit() throws InterruptedException {
		LimitTestBed bed = new LimitTestBed("min=10", "max=10");
		Parallel.run(THREADS, (thread) -> {
			List<Permit> held = new ArrayList<>();
			for (int i = 0; i < CALLS; i++) {
				enter(bed, LimitTestBed.CALL, held);
				if (held.size() > i % 5) {
					leave(held, LimitTestBed.ok(10));
				}
			}
			while (!held.isEmpty()) {
				leave(held, LimitTestBed.ok(10));
			}
		});
		assertThat(this.most.get()).isBetween(1, 10);
		assertThat(bed.policy.state()).contains("limit:10,critical:0,default:0,sheddable:0");
	}

	@Test
	void everyCallIsGivenBackWhileTheLimitMovesAndTheRuleChanges() throws InterruptedException {
		LimitTestBed bed = new LimitTestBed();
		Thread operator = new Thread(() -> {
			ConcurrencyLimitRule narrow = LimitTestBed.rule("max=15");
			ConcurrencyLimitRule wide = LimitTestBed.rule("max=50", "shares=0.3/0.3/0.3");
			while (!Thread.currentThread().isInterrupted()) {
				bed.time.advance(Duration.ofMillis(70));
				bed.policy = bed.type.inherit(bed.policy, wide, narrow, bed.context.context());
				bed.policy = bed.type.inherit(bed.policy, narrow, wide, bed.context.context());
			}
		});
		operator.start();
		Parallel.run(THREADS, (thread) -> {
			List<Permit> held = new ArrayList<>();
			for (int i = 0; i < CALLS; i++) {
				enter(bed, LimitTestBed.call(Priority.values()[i % 3]), held);
				if (held.size() > i % 7) {
					leave(held, (i % 11 == 0) ? LimitTestBed.failure(Outcome.Kind.TIMEOUT, 50)
							: LimitTestBed.ok(1 + i % 200));
				}
			}
			while (!held.isEmpty()) {
				leave(held, LimitTestBed.ok(10));
			}
		});
		operator.interrupt();
		operator.join(Duration.ofSeconds(20).toMillis());
		assertThat(this.inFlight).hasValue(0);
		assertThat(bed.policy.state()).contains("critical:0,default:0,sheddable:0");
		assertThat(bed.limit()).isBetween(10, 50);
	}

	@Test
	void anAdmittedCallAllocatesNothingButItsPartOfAWindow() {
		LimitTestBed bed = new LimitTestBed();
		Outcome outcome = LimitTestBed.ok(10);
		calls(bed, outcome);
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long before = threads.getCurrentThreadAllocatedBytes();
		calls(bed, outcome);
		long bytes = threads.getCurrentThreadAllocatedBytes() - before;
		assertThat(bytes).as("bytes for %d calls", CALLS).isLessThan(CALLS);
	}

	private static void calls(LimitTestBed bed, Outcome outcome) {
		for (int i = 0; i < CALLS; i++) {
			((Decision.Admitted) bed.policy.tryAcquire(LimitTestBed.CALL)).permit().release(outcome);
		}
	}

}
