// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.loadbalancing;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.governance.selection.Candidates;
import io.governance.selection.Host;
import io.governance.selection.Hosts;
import io.governance.selection.Picker;
import io.governance.selection.Picker.Tried;
import io.governance.selection.loadbalancing.LoadBalancingRule.Algorithm;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RoundRobinPickerTests {

	private final PickerTestBed bed = new PickerTestBed();

	private static String picks(Picker picker, int count) {
		return IntStream.range(0, count)
			.mapToObj((i) -> picker.pick(null, Tried.NOTHING, 0).id())
			.collect(Collectors.joining(" "));
	}

	@Test
	void smoothSequenceOfFiveOneOne() {
		assertThat(picks(this.bed.roundRobin(Hosts.weighted(5, 1, 1)), 14)).isEqualTo("a a b a c a a a a b a c a a");
	}

	@Test
	void whatWeightsHaveInCommonDoesNotLengthenTheCycle() {
		assertThat(SmoothSequence.of(new double[] { 500, 100, 100 })).containsExactly(0, 0, 1, 0, 2, 0, 0);
	}

	@Test
	void equalHostsTakeTurns() {
		assertThat(picks(this.bed.roundRobin(Hosts.weighted(7, 7, 7)), 6)).isEqualTo("a b c a b c");
	}

	@Test
	void turnsGoOnWhenHostsChange() {
		LoadBalancingPolicy policy = this.bed.policy(Algorithm.ROUND_ROBIN);
		List<Host> hosts = Hosts.equal(4);
		Picker before = policy.newPicker(Candidates.of(hosts), null);
		int last = hosts.indexOf(before.pick(null, Tried.NOTHING, 0));
		Picker after = policy.newPicker(Candidates.of(hosts), before);
		assertThat(after.pick(null, Tried.NOTHING, 0)).isSameAs(hosts.get((last + 1) % 4));
	}

	@Test
	void weightsWithoutAShortCycleAreSpread() {
		assertThat(SmoothSequence.of(new double[] { 0.5, 1 })).isEmpty();
		assertThat(SmoothSequence.of(new double[] { 999_983, 1_000_003 })).isEmpty();
		Map<String, Integer> counts = Hosts.count(this.bed.roundRobin(Hosts.weighted(999_983, 2_000_003)), 3_000);
		assertThat(counts.get("a")).isBetween(995, 1_005);
	}

}
