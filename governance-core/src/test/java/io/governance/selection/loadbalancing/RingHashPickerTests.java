// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.loadbalancing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.governance.selection.Candidates;
import io.governance.selection.Host;
import io.governance.selection.Hosts;
import io.governance.selection.Picker;
import io.governance.selection.Picker.Tried;
import io.governance.selection.loadbalancing.LoadBalancingRule.Algorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RingHashPickerTests {

	private static final int KEYS = 100_000;

	private final PickerTestBed bed = new PickerTestBed();

	private static String[] owners(Picker picker) {
		String[] owners = new String[KEYS];
		for (int i = 0; i < KEYS; i++) {
			owners[i] = picker.pick("user-" + i, Tried.NOTHING, 0).id();
		}
		return owners;
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 5, 10, 100 })
	void onlyTheKeysOfAHostThatLeavesMove(int size) {
		List<Host> hosts = new ArrayList<>(Hosts.equal(size));
		String[] before = owners(this.bed.picker(Algorithm.RING_HASH, hosts));
		String gone = hosts.remove(size / 2).id();
		String[] after = owners(this.bed.picker(Algorithm.RING_HASH, hosts));
		int moved = 0;
		for (int i = 0; i < KEYS; i++) {
			if (!before[i].equals(after[i])) {
				assertThat(before[i]).isEqualTo(gone);
				moved++;
			}
		}
		assertThat((double) moved / KEYS).isBetween(0.6 / size, 1.4 / size);
	}

	@Test
	void keysAreSpreadByWeight() {
		Map<String, Integer> counts = new HashMap<>();
		for (String owner : owners(this.bed.picker(Algorithm.RING_HASH, Hosts.weighted(100, 50, 50)))) {
			counts.merge(owner, 1, Integer::sum);
		}
		assertThat(counts.get("a")).isBetween(40_000, 60_000);
		assertThat(counts.get("b")).isBetween(18_000, 32_000);
	}

	@Test
	void aKeyStaysWithItsHostInEveryProcess() {
		Picker one = this.bed.picker(Algorithm.RING_HASH, Hosts.equal(10));
		Picker other = new PickerTestBed().picker(Algorithm.RING_HASH, Hosts.equal(10));
		assertThat(owners(one)).isEqualTo(owners(other));
	}

	@Test
	void theRingIsBounded() {
		Map<String, Integer> counts = new HashMap<>();
		for (String owner : owners(this.bed.picker(Algorithm.RING_HASH, Hosts.equal(10_000)))) {
			counts.merge(owner, 1, Integer::sum);
		}
		assertThat(counts).hasSizeGreaterThan(9_900);
	}

	@Test
	void isKeptWhereNothingChanges() {
		LoadBalancingPolicy policy = this.bed.policy(Algorithm.RING_HASH);
		List<Host> hosts = Hosts.equal(3);
		Picker picker = policy.newPicker(Candidates.of(hosts), null);
		assertThat(policy.newPicker(Candidates.of(hosts), picker)).isSameAs(picker);
		assertThat(policy.newPicker(Candidates.of(hosts.subList(0, 2)), picker)).isNotSameAs(picker);
	}

	@Test
	void aRetryOfAKeyGoesWhereItWouldGoWithoutTheHost() {
		List<Host> hosts = Hosts.equal(10);
		Picker picker = this.bed.picker(Algorithm.RING_HASH, hosts);
		for (int i = 0; i < 1_000; i++) {
			String key = "user-" + i;
			Host first = picker.pick(key, Tried.NOTHING, 0);
			List<Host> others = new ArrayList<>(hosts);
			others.remove(first);
			Host retried = picker.pick(key, Hosts.tried(first.id()), 0);
			assertThat(retried).isSameAs(this.others(others).pick(key, Tried.NOTHING, 0));
		}
	}

	private final Map<List<Host>, Picker> made = new HashMap<>();

	private Picker others(List<Host> hosts) {
		return this.made.computeIfAbsent(hosts, (key) -> this.bed.picker(Algorithm.RING_HASH, key));
	}

}
