// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.loadbalancing;

import java.lang.management.ManagementFactory;
import java.util.List;

import com.sun.management.ThreadMXBean;
import io.governance.selection.Destination;
import io.governance.selection.Destination.HeaderChanges;
import io.governance.selection.Destination.OnEmpty;
import io.governance.selection.Destination.Subset;
import io.governance.selection.Hosts;
import io.governance.selection.Locality;
import io.governance.selection.Picker.Tried;
import io.governance.selection.cluster.Cluster;
import io.governance.selection.cluster.ClusterRules;
import io.governance.selection.cluster.Lanes;
import io.governance.selection.loadbalancing.LoadBalancingRule.Algorithm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The choice of an instance neither copies nor allocates, however many there are.
 */
class SelectionAllocationTests {

	private static final int CALLS = 50_000;

	private final PickerTestBed bed = new PickerTestBed();

	private final Destination destination = new Destination("route/a",
			new Subset("h", (host) -> !host.id().equals("h0"), OnEmpty.ANY, null), HeaderChanges.NONE, () -> {
			});

	@ParameterizedTest
	@CsvSource({ "ROUND_ROBIN, 2", "ROUND_ROBIN, 1000", "RANDOM, 1000", "LEAST_REQUEST, 1000", "PEAK_EWMA, 2",
			"PEAK_EWMA, 1000", "RING_HASH, 1000" })
	void aChoiceAllocatesNothing(Algorithm algorithm, int size) {
		Cluster cluster = new Cluster("inventory", Lanes.DEFAULT, () -> Locality.UNKNOWN, this.bed.time, () -> {
		});
		cluster.apply(new ClusterRules(this.bed.policy(algorithm), null, List.of(), List.of(this.destination)));
		cluster.replace(Hosts.equal(size));
		pick(cluster, CALLS);
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long before = threads.getCurrentThreadAllocatedBytes();
		pick(cluster, CALLS);
		long bytes = threads.getCurrentThreadAllocatedBytes() - before;
		assertThat(bytes).as("bytes for %d choices", CALLS).isLessThan(CALLS);
	}

	private void pick(Cluster cluster, int calls) {
		for (int i = 0; i < calls; i++) {
			cluster.pick(this.destination, "blue", "user-42", Tried.NOTHING, 0);
		}
	}

}
