// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.loadbalancing;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.governance.match.CallKey;
import io.governance.rule.PolicyContext;
import io.governance.rule.TestContext;
import io.governance.selection.Candidates;
import io.governance.selection.Host;
import io.governance.selection.Picker;
import io.governance.selection.loadbalancing.LoadBalancingRule.Algorithm;
import io.governance.time.ManualTimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes pickers with chance that repeats itself.
 */
final class PickerTestBed {

	final ManualTimeSource time = new ManualTimeSource();

	private final PolicyContext context = new TestContext("load-balancing/test", this.time).context();

	LoadBalancingPolicy policy(Algorithm algorithm) {
		return policy(rule(algorithm, null, null));
	}

	LoadBalancingPolicy policy(LoadBalancingRule rule) {
		return new LoadBalancingPolicy(rule, this.context);
	}

	static LoadBalancingRule rule(Algorithm algorithm, @Nullable SlowStart slowStart, @Nullable Zones zone) {
		return new LoadBalancingRule(null, null, 0, algorithm,
				(algorithm == Algorithm.RING_HASH) ? CallKey.parse("header:x-user") : null, null, slowStart, zone);
	}

	Picker picker(Algorithm algorithm, List<Host> hosts) {
		return policy(algorithm).newPicker(Candidates.of(hosts), null);
	}

	RoundRobinPicker roundRobin(List<Host> hosts) {
		return new RoundRobinPicker(WeightedHosts.plain(Candidates.of(hosts)), this.context.random(),
				new AtomicInteger());
	}

	PeakEwmaPicker peakEwma(List<Host> hosts) {
		return new PeakEwmaPicker(WeightedHosts.plain(Candidates.of(hosts)), this.context.random());
	}

}
