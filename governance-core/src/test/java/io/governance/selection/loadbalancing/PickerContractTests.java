// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.loadbalancing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.governance.policy.FakeCall;
import io.governance.selection.Candidates;
import io.governance.selection.Host;
import io.governance.selection.Hosts;
import io.governance.selection.Locality;
import io.governance.selection.Picker;
import io.governance.selection.Picker.Tried;
import io.governance.selection.loadbalancing.LoadBalancingRule.Algorithm;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for every algorithm.
 */
class PickerContractTests {

	private static final int PICKS = 100_000;

	private final PickerTestBed bed = new PickerTestBed();

	@ParameterizedTest
	@EnumSource
	void picksNothingOfNothing(Algorithm algorithm) {
		assertThat(this.bed.picker(algorithm, List.of()).pick("key", Tried.NOTHING, 0)).isNull();
	}

	@ParameterizedTest
	@EnumSource
	void picksTheOnlyOneEvenIfItWasTried(Algorithm algorithm) {
		Picker picker = this.bed.picker(algorithm, Hosts.equal(1));
		assertThat(picker.pick("key", Tried.NOTHING, 0)).hasToString("h0");
		assertThat(picker.pick("key", Hosts.tried("h0"), 0)).hasToString("h0");
	}

	@ParameterizedTest
	@EnumSource
	void retriesReachEveryHostOnceBeforeOneIsTriedAgain(Algorithm algorithm) {
		for (String key : new String[] { null, "some", "other" }) {
			Picker picker = this.bed.picker(algorithm, Hosts.weighted(100, 1, 7, 7, 0, 30));
			Set<String> tried = retry(picker, key, 5);
			assertThat(tried).containsExactlyInAnyOrder("a", "b", "c", "d", "f");
			assertThat(picker.pick(key, tried::contains, 0)).as("without weight").hasToString("e");
			assertThat(picker.pick(key, (id) -> true, 0)).isNotNull();
		}
	}

	private static Set<String> retry(Picker picker, @Nullable String key, int attempts) {
		Set<String> tried = new HashSet<>();
		for (int i = 0; i < attempts; i++) {
			Host host = picker.pick(key, tried::contains, 0);
			assertThat(tried.add(host.id())).as("%s after %s", host, tried).isTrue();
		}
		return tried;
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "RING_HASH")
	void retriesLeaveTheZoneWhereItHasNothingElse(Algorithm algorithm) {
		List<Host> hosts = List.of(Hosts.in("a", "near"), Hosts.in("b", "far"), Hosts.in("b", "also far"),
				Hosts.host("drained", 0, "a", Map.of()));
		LoadBalancingPolicy policy = this.bed
			.policy(PickerTestBed.rule(algorithm, null, new Zones(Zones.Mode.PREFER, null)));
		Picker picker = policy.newPicker(new Candidates(hosts, hosts, false, new Locality("a", Map.of()), 0), null);
		assertThat(Hosts.count(picker, 100)).containsOnlyKeys("near");
		Set<String> seconds = new HashSet<>();
		for (int i = 0; i < 100; i++) {
			seconds.add(picker.pick(null, Hosts.tried("near"), 0).id());
		}
		assertThat(seconds).containsExactlyInAnyOrder("far", "also far");
		assertThat(retry(picker, null, 4)).hasSize(4);
	}

	/**
	 * Bounds: four standard deviations of a binomial distribution and more.
	 */
	@ParameterizedTest
	@EnumSource
	void equalHostsShareEvenly(Algorithm algorithm) {
		Map<String, Integer> counts = Hosts.count(this.bed.picker(algorithm, Hosts.equal(10)), PICKS);
		assertThat(counts).hasSize(10)
			.allSatisfy((id, count) -> assertThat(count).isBetween(PICKS / 10 - 400, PICKS / 10 + 400));
	}

	@ParameterizedTest
	@EnumSource
	void weightedHostsShareByWeight(Algorithm algorithm) {
		Map<String, Integer> counts = Hosts.count(this.bed.picker(algorithm, Hosts.weighted(60, 25, 10, 5)), PICKS);
		assertThat(counts.get("a")).isBetween(59_000, 61_000);
		assertThat(counts.get("b")).isBetween(24_200, 25_800);
		assertThat(counts.get("c")).isBetween(9_500, 10_500);
		assertThat(counts.get("d")).isBetween(4_600, 5_400);
	}

	@ParameterizedTest(name = "{0} after {1} s: {2}")
	@CsvSource({ "ROUND_ROBIN, 0, 0.1", "ROUND_ROBIN, 15, 0.5", "RANDOM, 15, 0.5", "LEAST_REQUEST, 6, 0.2",
			"LEAST_REQUEST, 15, 0.5", "PEAK_EWMA, 6, 0.2", "PEAK_EWMA, 15, 0.5", "PEAK_EWMA, 30, 1" })
	void theShareOfAYoungHostGrowsAsTheFormulaSays(Algorithm algorithm, long seconds, double factor) {
		long start = 1_700_000_000_000L;
		List<Host> hosts = new ArrayList<>(Hosts.equal(4));
		hosts.add(Hosts.started("young", start));
		Candidates candidates = new Candidates(hosts, hosts, false, Locality.UNKNOWN, start + seconds * 1_000);
		LoadBalancingPolicy policy = this.bed
			.policy(PickerTestBed.rule(algorithm, new SlowStart(Duration.ofSeconds(30), null, null), null));
		double share = (double) Hosts.count(policy.newPicker(candidates, null), PICKS).get("young") / PICKS;
		double expected = factor / (4 + factor);
		assertThat(share).isBetween(expected * 0.95, expected * 1.05);
		assertThat(policy.changesWithTime(candidates)).isEqualTo(seconds < 30);
	}

	@Test
	void ringHashHasNoSlowStart() {
		List<Host> hosts = List.of(Hosts.started("a", 1_000), Hosts.started("b", 1));
		LoadBalancingPolicy policy = this.bed
			.policy(PickerTestBed.rule(Algorithm.RING_HASH, new SlowStart(Duration.ofHours(1), null, null), null));
		assertThat(policy.changesWithTime(Candidates.of(hosts))).isFalse();
	}

	@Test
	void keepsCallsTogetherByTheHashKeyOnly() {
		FakeCall call = FakeCall.to("inventory").header("x-user", "ann");
		assertThat(this.bed.policy(Algorithm.RING_HASH).keyOf(call)).isEqualTo("ann");
		assertThat(this.bed.policy(Algorithm.RING_HASH).keyOf(FakeCall.to("inventory"))).isNull();
		assertThat(this.bed.policy(Algorithm.RANDOM).keyOf(call)).isNull();
	}

}
