// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.lang.management.ManagementFactory;
import java.util.stream.IntStream;

import com.sun.management.ThreadMXBean;
import io.governance.policy.Call;
import io.governance.test.FakeCall;
import io.governance.time.TimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The choice of an instance neither copies nor walks the list, however many there are.
 */
class SelectionAllocationTests {

	private static final Call CALL = FakeCall.to("orders");

	private static final int CALLS = 100_000;

	@ParameterizedTest
	@ValueSource(ints = { 2, 1000 })
	void aSelectionAllocatesItsResultAndNothingPerInstance(int size) {
		ServiceViews views = views(size);
		select(views, CALLS);
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long before = threads.getCurrentThreadAllocatedBytes();
		select(views, CALLS);
		long bytes = threads.getCurrentThreadAllocatedBytes() - before;
		assertThat(bytes).as("bytes for %d selections", CALLS).isLessThan(CALLS * 128L);
	}

	@Test
	void turnsSpreadCallsEvenly() {
		ServiceViews views = views(7);
		long[] counts = new long[7];
		for (int i = 0; i < 7 * 1000; i++) {
			counts[views.select(CALL, null).instance().port() - 1]++;
		}
		assertThat(counts).containsOnly(1000);
	}

	private static void select(ServiceViews views, int calls) {
		for (int i = 0; i < calls; i++) {
			views.select(CALL, null);
		}
	}

	private static ServiceViews views(int size) {
		Instance[] instances = IntStream.rangeClosed(1, size)
			.mapToObj((number) -> ScriptedSource.local("orders", "orders-" + number, number))
			.toArray(Instance[]::new);
		return new ServiceViews(new ScriptedSource().with(instances), ViewSettings.defaults(),
				Selections.withoutRules(), AttemptCounters.NONE, TimeSource.system(), new LaterTasks());
	}

}
