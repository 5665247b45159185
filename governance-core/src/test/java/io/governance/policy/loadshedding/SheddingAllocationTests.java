// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.loadshedding;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;
import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Call.Priority;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Neither calls that are admitted nor those that are dropped allocate.
 */
class SheddingAllocationTests {

	private static final int CALLS = 50_000;

	private static final Outcome ANSWER = SheddingTestBed.answered(200, 20);

	private final SheddingTestBed bed = new SheddingTestBed();

	private final Call call = SheddingTestBed.call(Priority.DEFAULT);

	@ParameterizedTest(name = "cpu {0}, {1} in flight")
	@CsvSource({ "0.5, 20", "0.95, 2", "1, 20", "NaN, 20" })
	void aCallAllocatesNothing(double cpu, int inFlight) {
		this.bed.busy(inFlight);
		this.bed.cpu = cpu;
		calls();
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long before = threads.getCurrentThreadAllocatedBytes();
		calls();
		long bytes = threads.getCurrentThreadAllocatedBytes() - before;
		assertThat(bytes).as("bytes for %d calls", CALLS).isLessThan(CALLS);
	}

	private void calls() {
		for (int i = 0; i < CALLS; i++) {
			if (this.bed.policy.tryAcquire(this.call) instanceof Decision.Admitted admitted) {
				admitted.permit().release(ANSWER);
			}
		}
	}

}
