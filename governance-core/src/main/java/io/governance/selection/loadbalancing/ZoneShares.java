// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.loadbalancing;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

import io.governance.selection.Candidates;
import io.governance.selection.Host;
import io.governance.selection.Locality;
import org.jspecify.annotations.Nullable;

/**
 * The share of this process's calls that goes to each zone. {@code prefer}: all stays
 * local while the usable share h of the local zone's hosts is at least the minimum m, and
 * h / m of it below; the rest goes to other zones in proportion to their usable hosts.
 * {@code balanced} (after Envoy): with l(z) the share of callers and u(z) that of usable
 * hosts in zone z, all stays local if u >= l there, u / l of it otherwise; the rest goes
 * to where u exceeds l, in proportion to the excess. Hosts without weight do not count,
 * and young ones for the part that they can take of what the oldest one can.
 */
final class ZoneShares {

	private static final String UNKNOWN = "";

	private ZoneShares() {
	}

	/**
	 * Gives the shares.
	 * @param candidates the hosts
	 * @param zones what zones have to say
	 * @param factor the part of its weight that a host has at its age
	 * @return shares by zone, adding up to 1; {@code null} where zones do not matter
	 */
	static @Nullable Map<String, Double> of(Candidates candidates, Zones zones, ToDoubleFunction<Host> factor) {
		Locality locality = candidates.locality();
		if (zones.mode() == Zones.Mode.NONE || candidates.panic() || locality.zone() == null) {
			return null;
		}
		Map<String, Double> usable = count(candidates.usable(), factor);
		if (!usable.containsKey(locality.zone()) || usable.size() < 2) {
			return null;
		}
		if (zones.mode() == Zones.Mode.BALANCED) {
			return locality.callers().containsKey(locality.zone())
					? balanced(locality.zone(), locality.callers(), usable) : null;
		}
		double all = count(candidates.all(), (host) -> 1).getOrDefault(locality.zone(), 0.0);
		return prefer(locality.zone(), usable, all, zones.minimumHealthy());
	}

	static Map<String, Double> prefer(String local, Map<String, Double> usable, double allLocal, int minimumHealthy) {
		double healthy = 100 * usable.getOrDefault(local, 0.0) / Math.max(1, allLocal);
		return split(local, Math.min(1, healthy / minimumHealthy), usable);
	}

	static Map<String, Double> balanced(String local, Map<String, Integer> callers, Map<String, Double> usable) {
		double allCallers = sum(callers.values());
		double allHosts = sum(usable.values());
		double callerShare = callers.getOrDefault(local, 0) / allCallers;
		double hostShare = usable.getOrDefault(local, 0.0) / allHosts;
		Map<String, Double> excess = new TreeMap<>();
		usable.forEach((zone, hosts) -> excess.put(zone,
				Math.max(0, hosts / allHosts - callers.getOrDefault(zone, 0) / allCallers)));
		return split(local, Math.min(1, hostShare / callerShare), excess);
	}

	/**
	 * Keeps a share in the local zone and splits the rest over the others by weight.
	 */
	private static Map<String, Double> split(String local, double kept, Map<String, Double> weights) {
		Map<String, Double> shares = new TreeMap<>(weights);
		shares.remove(local);
		double sum = sum(shares.values());
		double spilled = (sum > 0) ? 1 - kept : 0;
		shares.replaceAll((zone, weight) -> (sum > 0) ? spilled * weight / sum : 0);
		shares.put(local, 1 - spilled);
		return shares;
	}

	static Map<String, Double> sums(List<Host> hosts, ToDoubleFunction<Host> weigher) {
		Map<String, Double> sums = new HashMap<>();
		hosts.forEach((host) -> sums.merge(zone(host), weigher.applyAsDouble(host), Double::sum));
		return sums;
	}

	static String zone(Host host) {
		return (host.zone() != null) ? host.zone() : UNKNOWN;
	}

	private static Map<String, Double> count(List<Host> hosts, ToDoubleFunction<Host> factor) {
		List<Host> weighty = hosts.stream().filter((host) -> host.weight() > 0).toList();
		double oldest = weighty.stream().mapToDouble(factor).max().orElse(1);
		return new TreeMap<>(sums(weighty, (host) -> factor.applyAsDouble(host) / oldest));
	}

	private static double sum(Collection<? extends Number> counts) {
		return counts.stream().mapToDouble(Number::doubleValue).sum();
	}

}
