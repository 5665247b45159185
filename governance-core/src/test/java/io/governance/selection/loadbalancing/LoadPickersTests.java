// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.loadbalancing;

import java.util.List;
import java.util.Map;

import io.governance.selection.Host;
import io.governance.selection.Hosts;
import io.governance.selection.Picker;
import io.governance.selection.Picker.Tried;
import io.governance.selection.loadbalancing.LoadBalancingRule.Algorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The two algorithms that look at the load of hosts.
 */
class LoadPickersTests {

	private final PickerTestBed bed = new PickerTestBed();

	@ParameterizedTest(name = "{0} ns, {1} under way")
	@CsvSource({ "0, 0, 1", "1000000, 0, 1000", "1000000, 3, 4000", "25000000, 1, 10000", "100000000, 0, 10000" })
	void loadGrowsWithTheRootOfTheCost(double cost, int active, long load) {
		assertThat(PeakEwmaPicker.load(cost, active)).isEqualTo(load);
	}

	@Test
	void leastRequestTakesTheOneWithFewerUnderWay() {
		List<Host> hosts = Hosts.equal(2);
		hosts.get(0).begin();
		assertThat(Hosts.count(this.bed.picker(Algorithm.LEAST_REQUEST, hosts), 1_000)).containsOnlyKeys("h1");
	}

	@Test
	void leastRequestWeighsWhatIsUnderWay() {
		List<Host> hosts = Hosts.weighted(10, 1);
		begin(hosts.get(0), 5);
		begin(hosts.get(1), 1);
		assertThat(Hosts.count(this.bed.picker(Algorithm.LEAST_REQUEST, hosts), 1_000)).containsOnlyKeys("a");
	}

	@Test
	void aHostThatHangsIsLeftAloneByLeastRequest() {
		List<Host> hosts = Hosts.equal(5);
		assertThat(share(Algorithm.LEAST_REQUEST, hosts, 100_000)).isLessThan(0.01);
	}

	@Test
	void aHostThatHangsIsLeftAloneByPeakEwma() {
		List<Host> hosts = Hosts.equal(5);
		hosts.forEach((host) -> Hosts.measured(host, 10, this.bed.time.nanoTime()));
		assertThat(share(Algorithm.PEAK_EWMA, hosts, 100_000)).isLessThan(0.01);
	}

	/**
	 * The first host never answers, the others at once; a call each 10 ms.
	 */
	private double share(Algorithm algorithm, List<Host> hosts, int calls) {
		Picker picker = this.bed.picker(algorithm, hosts);
		int hung = 0;
		for (int i = 0; i < calls; i++) {
			this.bed.time.advanceNanos(10_000_000);
			Host host = picker.pick(null, Tried.NOTHING);
			if (host == hosts.get(0)) {
				host.begin();
				hung++;
			}
			else {
				Hosts.measured(host, 10, this.bed.time.nanoTime());
			}
		}
		return (double) hung / calls;
	}

	@Test
	void aSlowHostGetsHardlyAnyCallsAndItsShareBackWhenItHeals() {
		List<Host> hosts = Hosts.equal(5);
		Picker picker = this.bed.peakEwma(hosts);
		run(picker, hosts, 10, 1_000);
		double slow = run(picker, hosts, 200, 10_000);
		assertThat(slow).isGreaterThan(0).isLessThan(0.01);
		run(picker, hosts, 10, 6_000);
		assertThat(run(picker, hosts, 10, 10_000)).isBetween(0.15, 0.25);
	}

	private double run(Picker picker, List<Host> hosts, long firstMillis, int calls) {
		int first = 0;
		for (int i = 0; i < calls; i++) {
			this.bed.time.advanceNanos(10_000_000);
			Host host = picker.pick(null, Tried.NOTHING);
			first += (host == hosts.get(0)) ? 1 : 0;
			Hosts.measured(host, (host == hosts.get(0)) ? firstMillis : 10, this.bed.time.nanoTime());
		}
		return (double) first / calls;
	}

	@Test
	void costsThatDifferByNoiseShareEvenly() {
		List<Host> hosts = Hosts.equal(2);
		Hosts.measured(hosts.get(0), 10, 0);
		Hosts.measured(hosts.get(1), 14, 0);
		Map<String, Integer> counts = Hosts.count(this.bed.peakEwma(hosts), 10_000);
		assertThat(counts.get("h0")).isBetween(4_700, 5_300);
	}

	@Test
	void anUnmeasuredHostIsTakenForTheMedianAndGetsOneCallAtATime() {
		List<Host> hosts = Hosts.equal(3);
		Hosts.measured(hosts.get(0), 10, 0);
		Hosts.measured(hosts.get(1), 10, 0);
		Picker picker = this.bed.peakEwma(hosts);
		assertThat(Hosts.count(picker, 9_000).get("h2")).isBetween(2_700, 3_300);
		hosts.get(2).begin();
		assertThat(Hosts.count(picker, 9_000)).doesNotContainKey("h2");
	}

	@Test
	void aHostWithoutCallsIsTakenNowAndThen() {
		List<Host> hosts = Hosts.equal(2);
		Hosts.measured(hosts.get(0), 1_000, 0);
		Hosts.measured(hosts.get(1), 250, 0);
		Picker picker = this.bed.peakEwma(hosts);
		this.bed.time.advanceNanos(1_900_000_000);
		assertThat(picker.pick(null, Tried.NOTHING)).as("half as good: after two seconds").hasToString("h1");
		this.bed.time.advanceNanos(200_000_000);
		assertThat(picker.pick(null, Tried.NOTHING)).hasToString("h0");
		assertThat(picker.pick(null, Tried.NOTHING)).hasToString("h1");
	}

	@Test
	void aHostWithCallsIsNotTakenInSpiteOfItsLoad() {
		List<Host> hosts = Hosts.equal(2);
		begin(hosts.get(0), 1);
		Hosts.measured(hosts.get(0), 1_000, 0);
		Hosts.measured(hosts.get(1), 10, 0);
		this.bed.time.advanceSeconds(15);
		assertThat(this.bed.peakEwma(hosts).pick(null, Tried.NOTHING)).hasToString("h1");
	}

	private static void begin(Host host, int calls) {
		for (int i = 0; i < calls; i++) {
			host.begin();
		}
	}

}
