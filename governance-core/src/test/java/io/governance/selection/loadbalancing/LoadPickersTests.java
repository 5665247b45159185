// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.loadbalancing;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;

import io.governance.policy.Outcome;
import io.governance.selection.Candidates;
import io.governance.selection.Host;
import io.governance.selection.Hosts;
import io.governance.selection.Locality;
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
			Host host = picker.pick(null, Tried.NOTHING, this.bed.time.nanoTime());
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

	@Test
	void aHostThatHungIsBackWithinSecondsOfItsFirstAnswer() {
		List<Host> hosts = Hosts.equal(5);
		Picker picker = this.bed.peakEwma(hosts);
		run(picker, hosts, 10, 1_000);
		run(picker, hosts, 3_000, 2_000);
		run(picker, hosts, 10, 2_000);
		assertThat(run(picker, hosts, 10, 10_000)).isBetween(0.15, 0.25);
	}

	private double run(Picker picker, List<Host> hosts, long firstMillis, int calls) {
		int first = 0;
		for (int i = 0; i < calls; i++) {
			this.bed.time.advanceNanos(10_000_000);
			Host host = picker.pick(null, Tried.NOTHING, this.bed.time.nanoTime());
			first += (host == hosts.get(0)) ? 1 : 0;
			Hosts.measured(host, (host == hosts.get(0)) ? firstMillis : 10, this.bed.time.nanoTime());
		}
		return (double) first / calls;
	}

	@Test
	void aHostThatShedsLoadAtOnceGetsNoMoreThanItsShareAndKeepsItWhenItHeals() {
		List<Host> hosts = Hosts.equal(5);
		Picker picker = this.bed.peakEwma(hosts);
		run(picker, hosts, 10, 1_000);
		assertThat(shed(picker, hosts, 10_000)).isBetween(0.15, 0.22);
		assertThat(run(picker, hosts, 10, 10_000)).isBetween(0.15, 0.25);
	}

	/**
	 * Outlier detection ejects after five errors in a row, and it is not to wait for
	 * them: nobody else notices the death before the registry does.
	 */
	@Test
	void aSlowHostThatRefusesConnectionsIsAskedFiveTimesWithinTwoSeconds() {
		List<Host> hosts = Hosts.equal(2);
		Picker picker = this.bed.peakEwma(hosts);
		run(picker, hosts, 10, 1_000);
		run(picker, hosts, 200, 1_000);
		long first = refused(picker, hosts, 1);
		assertThat(refused(picker, hosts, 4) - first).isLessThan(2_000_000_000L);
	}

	/**
	 * The first host refuses connections; a call each 10 ms, until so many were refused.
	 */
	private long refused(Picker picker, List<Host> hosts, int times) {
		for (int left = times; left > 0;) {
			this.bed.time.advanceNanos(10_000_000);
			Host host = picker.pick(null, Tried.NOTHING, this.bed.time.nanoTime());
			if (host == hosts.get(0)) {
				left--;
				host.begin();
				host.end(Outcome.failure(Outcome.Kind.CONNECT_FAILURE, null, 100_000), this.bed.time.nanoTime());
			}
			else {
				Hosts.measured(host, 10, this.bed.time.nanoTime());
			}
		}
		return this.bed.time.nanoTime();
	}

	@Test
	void aHostThatOnlyEverFailedGetsNoMoreThanItsShare() {
		List<Host> hosts = Hosts.equal(3);
		assertThat(shed(this.bed.peakEwma(hosts), hosts, 10_000)).isBetween(0.25, 0.36);
	}

	@Test
	void inPanicTheLatencyOfErrorsRanksNobody() {
		List<Host> hosts = Hosts.equal(5);
		for (int i = 0; i < hosts.size(); i++) {
			Hosts.measured(hosts.get(i), 1 + 50 * i, this.bed.time.nanoTime());
		}
		Candidates panic = new Candidates(hosts, hosts, true, Locality.UNKNOWN, 0);
		Picker picker = this.bed.policy(Algorithm.PEAK_EWMA).newPicker(panic, null);
		assertThat(Hosts.count(picker, 10_000)).hasSize(5)
			.allSatisfy((id, calls) -> assertThat(calls).isBetween(1_800, 2_200));
	}

	/**
	 * The first host answers after a millisecond that it does no work; a call each 10 ms.
	 */
	private double shed(Picker picker, List<Host> hosts, int calls) {
		int first = 0;
		for (int i = 0; i < calls; i++) {
			this.bed.time.advanceNanos(10_000_000);
			Host host = picker.pick(null, Tried.NOTHING, this.bed.time.nanoTime());
			if (host == hosts.get(0)) {
				first++;
				host.begin();
				host.end(Outcome.response(503, true, 1_000_000), this.bed.time.nanoTime());
			}
			else {
				Hosts.measured(host, 10, this.bed.time.nanoTime());
			}
		}
		return (double) first / calls;
	}

	/**
	 * Calls arrive evenly and take 10 ms each. With about one under way per host the
	 * light one is idle more often than others, and gets up to twice its share.
	 */
	@ParameterizedTest(name = "{0}, {1} under way")
	@CsvSource({ "LEAST_REQUEST, 1", "LEAST_REQUEST, 10", "LEAST_REQUEST, 50", "PEAK_EWMA, 1", "PEAK_EWMA, 10",
			"PEAK_EWMA, 50", "PEAK_EWMA, 200" })
	void weightsHoldWithCallsUnderWay(Algorithm algorithm, int underWay) {
		List<Host> hosts = Hosts.weighted(10, 10, 10, 10, 2);
		double share = shareOfTheLast(this.bed.picker(algorithm, hosts), hosts, underWay);
		assertThat(share).isBetween(0.8 * 2 / 42, 1.2 * 2 / 42);
	}

	private double shareOfTheLast(Picker picker, List<Host> hosts, int underWay) {
		hosts.forEach((host) -> Hosts.measured(host, 10, this.bed.time.nanoTime()));
		Queue<Host> calls = new ArrayDeque<>();
		int last = 0;
		for (int i = 0; i < 100_000; i++) {
			if (calls.size() >= underWay) {
				calls.remove().end(Outcome.response(200, false, 10_000_000), this.bed.time.nanoTime());
			}
			Host host = Objects.requireNonNull(picker.pick(null, Tried.NOTHING, this.bed.time.nanoTime()));
			host.begin();
			calls.add(host);
			this.bed.time.advanceNanos(10_000_000 / underWay);
			last += (host == hosts.get(4)) ? 1 : 0;
		}
		return last / 100_000.0;
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
		this.bed.time.advanceNanos(5_900_000_000L);
		assertThat(picker.pick(null, Tried.NOTHING, this.bed.time.nanoTime())).as("half as good: after six seconds")
			.hasToString("h1");
		this.bed.time.advanceNanos(200_000_000);
		assertThat(picker.pick(null, Tried.NOTHING, this.bed.time.nanoTime())).hasToString("h0");
		assertThat(picker.pick(null, Tried.NOTHING, this.bed.time.nanoTime())).hasToString("h1");
	}

	@Test
	void aHostWithCallsIsNotTakenInSpiteOfItsLoad() {
		List<Host> hosts = Hosts.equal(2);
		begin(hosts.get(0), 1);
		Hosts.measured(hosts.get(0), 1_000, 0);
		Hosts.measured(hosts.get(1), 10, 0);
		this.bed.time.advanceSeconds(15);
		assertThat(this.bed.peakEwma(hosts).pick(null, Tried.NOTHING, this.bed.time.nanoTime())).hasToString("h1");
	}

	private static void begin(Host host, int calls) {
		for (int i = 0; i < calls; i++) {
			host.begin();
		}
	}

}
