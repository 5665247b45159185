// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.loadbalancing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import io.governance.selection.Candidates;
import io.governance.selection.Host;
import io.governance.selection.Hosts;
import io.governance.selection.Locality;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

class ZoneSharesTests {

	private static final SlowStart NO_SLOW_START = new SlowStart(null, null, null);

	private static final ToDoubleFunction<Host> EACH_ONE = (host) -> 1;

	private static final Zones PREFER = new Zones(Zones.Mode.PREFER, null);

	static Stream<Arguments> balanced() {
		Map<String, Integer> unbalanced = Map.of("a", 6, "b", 2, "c", 2);
		Map<String, Double> hosts = Map.of("a", 2.0, "b", 4.0, "c", 4.0);
		return Stream.of(
				Arguments.of("a", Map.of("a", 5, "b", 5), Map.of("a", 4.0, "b", 4.0, "c", 4.0),
						Map.of("a", 0.6667, "b", 0.0, "c", 0.3333)),
				Arguments.of("a", unbalanced, hosts, Map.of("a", 0.3333, "b", 0.3333, "c", 0.3333)),
				Arguments.of("b", unbalanced, hosts, Map.of("a", 0.0, "b", 1.0, "c", 0.0)));
	}

	@ParameterizedTest(name = "from {0}, callers {1}, hosts {2}")
	@MethodSource
	void balanced(String local, Map<String, Integer> callers, Map<String, Double> hosts, Map<String, Double> shares) {
		Map<String, Double> given = ZoneShares.balanced(local, callers, hosts);
		assertThat(given.keySet()).isEqualTo(shares.keySet());
		shares.forEach((zone, share) -> assertThat(given.get(zone)).as(zone).isCloseTo(share, within(0.0001)));
	}

	@ParameterizedTest(name = "{0} of 10 usable: {1} local")
	@CsvSource({ "10, 1", "7, 1", "6, 0.857143", "5, 0.714286", "1, 0.142857" })
	void preferSpillsOverInProportionToWhatIsMissing(int usable, double kept) {
		Map<String, Double> shares = ZoneShares.prefer("a", Map.of("a", (double) usable, "b", 6.0, "c", 2.0), 10, 70);
		assertThat(shares.get("a")).isCloseTo(kept, within(0.000001));
		assertThat(shares.get("b")).isCloseTo((1 - kept) * 0.75, within(0.000001));
		assertThat(shares.get("c")).isCloseTo((1 - kept) * 0.25, within(0.000001));
	}

	@Test
	void allStaysLocalWhereThereIsNothingElse() {
		assertThat(ZoneShares.prefer("a", Map.of("a", 1.0), 10, 70)).containsExactly(entry("a", 1.0));
	}

	@Test
	void zonesDoNotMatterWhereTheyAreUnknown() {
		List<Host> hosts = List.of(Hosts.in("a", "1"), Hosts.in("b", "2"));
		assertThat(ZoneShares.of(new Candidates(hosts, hosts, false, Locality.UNKNOWN, 0), PREFER, EACH_ONE)).isNull();
		Locality elsewhere = new Locality("c", Map.of("c", 1));
		assertThat(ZoneShares.of(new Candidates(hosts, hosts, false, elsewhere, 0), PREFER, EACH_ONE)).isNull();
	}

	@Test
	void zonesDoNotMatterInPanic() {
		List<Host> hosts = List.of(Hosts.in("a", "1"), Hosts.in("b", "2"));
		Locality local = new Locality("a", Map.of("a", 1));
		assertThat(ZoneShares.of(new Candidates(hosts, hosts, true, local, 0), PREFER, EACH_ONE)).isNull();
		assertThat(ZoneShares.of(new Candidates(hosts, hosts, false, local, 0), PREFER, EACH_ONE))
			.containsExactly(entry("a", 1.0), entry("b", 0.0));
	}

	@Test
	void balancingNeedsToKnowTheCallers() {
		List<Host> hosts = List.of(Hosts.in("a", "1"), Hosts.in("b", "2"));
		Zones balanced = new Zones(Zones.Mode.BALANCED, null);
		assertThat(
				ZoneShares.of(new Candidates(hosts, hosts, false, new Locality("a", Map.of()), 0), balanced, EACH_ONE))
			.isNull();
		assertThat(ZoneShares.of(new Candidates(hosts, hosts, false, new Locality("a", Map.of("a", 2, "b", 2)), 0),
				balanced, EACH_ONE))
			.containsEntry("a", 1.0);
	}

	@Test
	void theShareOfAZoneIsSplitOverItsHostsByWeight() {
		List<Host> hosts = List.of(Hosts.host("1", 3, "a", Map.of()), Hosts.host("2", 1, "a", Map.of()),
				Hosts.in("b", "3"), Hosts.in("b", "4"));
		Candidates candidates = new Candidates(hosts.subList(0, 3), hosts, false, new Locality("b", Map.of()), 0);
		WeightedHosts weighted = WeightedHosts.of(candidates, NO_SLOW_START, new Zones(Zones.Mode.PREFER, 100));
		assertThat(weighted.hosts()).extracting(Host::id).containsExactly("1", "2", "3");
		assertThat(weighted.weights()).containsExactly(new double[] { 0.375, 0.125, 0.5 }, within(0.000001));
	}

	@Test
	void hostsWithoutWeightDoNotCountForTheirZone() {
		Host drained = Hosts.host("1", 0, "a", Map.of());
		List<Host> hosts = List.of(drained, Hosts.in("b", "2"), Hosts.in("a", "3"), Hosts.in("a", "4"));
		Locality local = new Locality("a", Map.of("a", 1));
		List<Host> two = hosts.subList(0, 2);
		WeightedHosts alone = WeightedHosts.of(new Candidates(two, two, false, local, 0), NO_SLOW_START, PREFER);
		assertThat(alone.hosts()).extracting(Host::id).containsExactly("2");
		Candidates oneEjected = new Candidates(hosts.subList(0, 3), hosts, false, local, 0);
		assertThat(ZoneShares.of(oneEjected, new Zones(Zones.Mode.PREFER, 100), EACH_ONE))
			.containsExactly(entry("a", 0.5), entry("b", 0.5));
	}

	@ParameterizedTest(name = "{0} s and {1} s old: {2} local")
	@CsvSource({ "0, 100, 0.142857", "15, 100, 0.714286", "21, 100, 1", "100, 0, 1", "6, 6, 1" })
	void aYoungHostCountsForItsShareOfAnother(long local, long other, double kept) {
		long start = 1_700_000_000_000L;
		List<Host> hosts = List.of(young("1", "a", start - local * 1_000), young("2", "b", start - other * 1_000));
		Candidates candidates = new Candidates(hosts, hosts, false, new Locality("a", Map.of()), start);
		WeightedHosts weighted = WeightedHosts.of(candidates, new SlowStart(Duration.ofSeconds(30), null, null),
				PREFER);
		assertThat(weighted.weights()[0]).isCloseTo(kept, within(0.000001));
	}

	private static Host young(String id, String zone, long startMillis) {
		return new Host(new Host.Identity(id, zone, Map.of()), 1, startMillis);
	}

	@Test
	void hostsWithoutWeightAreLeftOutUnlessThereIsNothingElse() {
		assertThat(WeightedHosts.plain(Candidates.of(Hosts.weighted(0, 2))).hosts()).extracting(Host::id)
			.containsExactly("b");
		assertThat(WeightedHosts.plain(Candidates.of(Hosts.weighted(0, 0))).size()).isEqualTo(2);
	}

}
