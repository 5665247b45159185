// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.loadbalancing;

import java.util.Locale;
import java.util.random.RandomGenerator;

import io.governance.policy.Call;
import io.governance.rule.PolicyContext;
import io.governance.selection.BalancingPolicy;
import io.governance.selection.Candidates;
import io.governance.selection.Picker;
import io.governance.selection.loadbalancing.LoadBalancingRule.Algorithm;
import org.jspecify.annotations.Nullable;

/**
 * Makes pickers of one algorithm. Keeps nothing itself: what runs on is in the hosts, and
 * in the picker before.
 */
final class LoadBalancingPolicy implements BalancingPolicy {

	private final LoadBalancingRule rule;

	private final RandomGenerator random;

	LoadBalancingPolicy(LoadBalancingRule rule, PolicyContext context) {
		this.rule = rule;
		this.random = context.random();
	}

	@Override
	public Picker newPicker(Candidates candidates, @Nullable Picker before) {
		boolean hashes = this.rule.algorithm() == Algorithm.RING_HASH;
		WeightedHosts hosts = hashes ? WeightedHosts.plain(candidates)
				: WeightedHosts.of(candidates, this.rule.slowStart(), this.rule.zone());
		if (hosts.size() == 0) {
			return Picker.NONE;
		}
		return switch (this.rule.algorithm()) {
			case ROUND_ROBIN -> (before instanceof RoundRobinPicker running)
					? new RoundRobinPicker(hosts, this.random, running) : new RoundRobinPicker(hosts, this.random);
			case RANDOM -> new RandomPicker(hosts, this.random);
			case LEAST_REQUEST -> new LeastRequestPicker(hosts, this.rule.choiceCount(), this.random);
			// in panic latency is that of errors
			case PEAK_EWMA -> candidates.panic() ? new LeastRequestPicker(hosts, 2, this.random)
					: new PeakEwmaPicker(hosts, this.random);
			case RING_HASH -> (before instanceof RingHashPicker running && running.isFor(hosts)) ? running
					: new RingHashPicker(hosts, this.random);
		};
	}

	@Override
	public @Nullable String keyOf(Call call) {
		String key = (this.rule.hashKey() != null) ? this.rule.hashKey().of(call) : "";
		return key.isEmpty() ? null : key;
	}

	@Override
	public String describe(Call call) {
		String algorithm = this.rule.algorithm().name().toLowerCase(Locale.ROOT).replace('_', '-');
		return (this.rule.hashKey() != null) ? algorithm + " by " + this.rule.hashKey() : algorithm;
	}

	@Override
	public boolean changesWithTime(Candidates candidates) {
		return this.rule.algorithm() != Algorithm.RING_HASH && candidates.usable()
			.stream()
			.anyMatch((host) -> this.rule.slowStart().appliesTo(host.startMillis(), candidates.nowMillis()));
	}

	@Override
	public boolean dependsOnCallers() {
		return this.rule.algorithm() != Algorithm.RING_HASH && this.rule.zone().mode() == Zones.Mode.BALANCED;
	}

}
