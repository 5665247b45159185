// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.loadbalancing;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import io.governance.selection.Candidates;
import io.governance.selection.Host;
import org.jspecify.annotations.Nullable;

/**
 * Hosts with the weights that they have at present, all above 0. Immutable.
 */
final class WeightedHosts {

	private final Host[] hosts;

	private final double[] weights;

	private final List<Host> rest;

	private final boolean equal;

	private WeightedHosts(Host[] hosts, double[] weights, List<Host> rest) {
		this.hosts = hosts;
		this.weights = weights;
		this.rest = rest;
		this.equal = Arrays.stream(weights).allMatch((weight) -> weight == weights[0]);
	}

	/**
	 * Weighs by the hosts' own weights alone.
	 */
	static WeightedHosts plain(Candidates candidates) {
		return of(candidates.usable(), Host::weight);
	}

	/**
	 * Weighs by the hosts' own weights, their age, and their zone.
	 */
	static WeightedHosts of(Candidates candidates, SlowStart slowStart, Zones zones) {
		ToDoubleFunction<Host> factor = (host) -> slowStart.factor(host.startMillis(), candidates.nowMillis());
		ToDoubleFunction<Host> own = (host) -> host.weight() * factor.applyAsDouble(host);
		Map<String, Double> shares = ZoneShares.of(candidates, zones, factor);
		if (shares == null) {
			return of(candidates.usable(), own);
		}
		Map<String, Double> sums = ZoneShares.sums(candidates.usable(), own);
		return of(candidates.usable(), (host) -> {
			String zone = ZoneShares.zone(host);
			double sum = sums.getOrDefault(zone, 0.0);
			return (sum > 0) ? own.applyAsDouble(host) * shares.getOrDefault(zone, 0.0) / sum : 0;
		});
	}

	/**
	 * Those without weight are left out, unless there is nothing else.
	 */
	static WeightedHosts of(List<Host> hosts, ToDoubleFunction<Host> weigher) {
		double[] all = hosts.stream().mapToDouble(weigher).toArray();
		int[] weighty = IntStream.range(0, all.length).filter((i) -> all[i] > 0).toArray();
		if (weighty.length == 0) {
			double[] ones = new double[all.length];
			Arrays.fill(ones, 1);
			return new WeightedHosts(hosts.toArray(Host[]::new), ones, List.of());
		}
		return new WeightedHosts(Arrays.stream(weighty).mapToObj(hosts::get).toArray(Host[]::new),
				Arrays.stream(weighty).mapToDouble((i) -> all[i]).toArray(),
				IntStream.range(0, all.length).filter((i) -> all[i] <= 0).mapToObj(hosts::get).toList());
	}

	int size() {
		return this.hosts.length;
	}

	Host[] hosts() {
		return this.hosts;
	}

	double[] weights() {
		return this.weights;
	}

	/**
	 * Those that were left out.
	 */
	List<Host> rest() {
		return this.rest;
	}

	boolean areEqual() {
		return this.equal;
	}

	boolean isSameAs(@Nullable WeightedHosts other) {
		return other != null && Arrays.equals(this.hosts, other.hosts) && Arrays.equals(this.weights, other.weights)
				&& this.rest.equals(other.rest);
	}

}
