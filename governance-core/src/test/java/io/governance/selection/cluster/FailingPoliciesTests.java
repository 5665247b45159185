// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.cluster;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.governance.policy.Call;
import io.governance.policy.Outcome;
import io.governance.selection.BalancingPolicy;
import io.governance.selection.Candidates;
import io.governance.selection.EjectionPolicy;
import io.governance.selection.Host;
import io.governance.selection.Hosts;
import io.governance.selection.Locality;
import io.governance.selection.OutlierDetector;
import io.governance.selection.Picker;
import io.governance.selection.Picker.Tried;
import io.governance.selection.SelectionPolicy;
import io.governance.time.ManualTimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A policy that throws is gone on without, and is the only one that is blamed.
 */
class FailingPoliciesTests {

	private final Cluster cluster = new Cluster("inventory", Lanes.DEFAULT, () -> Locality.UNKNOWN,
			new ManualTimeSource(), () -> {
			});

	private final List<SelectionPolicy> failed = new ArrayList<>();

	private final List<Host> hosts = Hosts.equal(3);

	private void apply(@Nullable BalancingPolicy balancing, @Nullable EjectionPolicy ejection,
			List<EjectionPolicy> shadows) {
		this.cluster.apply(
				new ClusterRules(balancing, ejection, shadows, List.of(), (policy, error) -> this.failed.add(policy)));
	}

	private Set<Host> picked() {
		Set<Host> picked = new HashSet<>();
		for (int i = 0; i < 20; i++) {
			Host host = this.cluster.pick(null, null, null, Tried.NOTHING, 0);
			if (host != null) {
				picked.add(host);
			}
		}
		return picked;
	}

	@Test
	void withoutItsBalancerAServiceStillGetsItsInstancesAndEjects() {
		BrokenBalancing broken = new BrokenBalancing();
		ScriptedEjections ejections = new ScriptedEjections(0);
		apply(broken, ejections, List.of());
		this.cluster.replace(this.hosts);
		assertThat(picked()).containsExactlyInAnyOrderElementsOf(this.hosts);
		ejections.eject(this.hosts.get(0));
		assertThat(this.cluster.refresh()).isEqualTo(ScriptedEjections.NANOS_TO_SWEEP);
		assertThat(picked()).containsExactlyInAnyOrder(this.hosts.get(1), this.hosts.get(2));
		assertThat(this.failed).isNotEmpty().containsOnly(broken);
	}

	@Test
	void aBalancerThatWorksAgainChoosesAgain() {
		BrokenBalancing broken = new BrokenBalancing();
		apply(broken, null, List.of());
		broken.works = true;
		this.cluster.replace(this.hosts);
		assertThat(picked()).containsExactly(this.hosts.get(0));
	}

	@Test
	void aDetectorThatFailsFindsNothingOutAndTheOthersGoOn() {
		BrokenDetector broken = new BrokenDetector();
		ScriptedEjections shadow = new ScriptedEjections(0);
		apply(new RecordedBalancing(), (service, before) -> broken, List.of(shadow));
		this.cluster.replace(this.hosts);
		this.cluster.refresh();
		Host host = this.hosts.get(1);
		this.cluster.begin(host);
		this.cluster.end(host, Outcome.response(500, false, 1));
		assertThat(shadow.reports()).containsExactly(host);
		assertThat(picked()).as("as the balancer says").containsExactly(this.hosts.get(0));
		assertThat(this.failed).isNotEmpty().noneMatch((policy) -> policy == shadow);
		this.cluster.close();
		assertThat(shadow.closed()).isOne();
	}

	@Test
	void aDetectorThatCannotBeMadeIsDoneWithout() {
		EjectionPolicy unmade = (service, before) -> {
			throw new IllegalStateException("no detector");
		};
		RecordedBalancing balancing = new RecordedBalancing();
		apply(balancing, unmade, List.of());
		this.cluster.replace(this.hosts);
		assertThat(picked()).containsExactly(this.hosts.get(0));
		assertThat(this.failed).containsExactly(unmade);
	}

	private static final class BrokenBalancing implements BalancingPolicy {

		private boolean works;

		@Override
		public Picker newPicker(Candidates candidates, @Nullable Picker before) {
			assertThat(before).as("none of its own").isNull();
			if (!this.works) {
				throw new IllegalStateException("no picker");
			}
			return (key, tried, nowNanos) -> candidates.usable().get(0);
		}

		@Override
		public @Nullable String keyOf(Call call) {
			return null;
		}

		@Override
		public boolean changesWithTime(Candidates candidates) {
			throw new IllegalStateException("no weights");
		}

	}

	private static final class BrokenDetector implements OutlierDetector {

		@Override
		public void track(List<Host> hosts) {
			throw new IllegalStateException("track");
		}

		@Override
		public boolean report(Host host, Outcome outcome) {
			throw new IllegalStateException("report");
		}

		@Override
		public boolean sweep() {
			throw new IllegalStateException("sweep");
		}

		@Override
		public long nanosToSweep() {
			throw new IllegalStateException("nanosToSweep");
		}

		@Override
		public boolean isEjected(Host host) {
			throw new IllegalStateException("isEjected");
		}

		@Override
		public boolean isSuspect(Host host) {
			throw new IllegalStateException("isSuspect");
		}

		@Override
		public int panicThreshold() {
			throw new IllegalStateException("panicThreshold");
		}

		@Override
		public void close() {
			throw new IllegalStateException("close");
		}

	}

}
