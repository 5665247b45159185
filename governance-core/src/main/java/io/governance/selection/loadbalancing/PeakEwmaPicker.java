// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.loadbalancing;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import io.governance.selection.Host;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Draws two hosts, in proportion to their weights, and takes the one with the lower load:
 * the root of its cost in nanoseconds, times the attempts it would then have under way.
 * Loads within a quarter of each other are equal, and the first one is taken: what
 * differs by noise shares the calls evenly. A host that was never measured is given the
 * median of the others, and one call at a time. A host that loses always would never be
 * measured again; so one without calls is taken nevertheless after a second, or as many
 * seconds as its load is times higher, ten at most. Sources: Finagle's PeakEwma,
 * go-zero's p2c.
 */
final class PeakEwmaPicker extends HostPicker {

	private static final long PENALTY = Long.MAX_VALUE >> 16;

	private static final double EQUAL = 1.25;

	private static final long UNPICKED_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final double MAX_RATIO = 10;

	private final HostDraw draw;

	private final TimeSource time;

	private final double median;

	PeakEwmaPicker(WeightedHosts hosts, TimeSource time, RandomGenerator random) {
		super(hosts);
		this.draw = new HostDraw(hosts, random);
		this.time = time;
		this.median = median(hosts.hosts(), time.nanoTime());
	}

	private static double median(Host[] hosts, long now) {
		double[] costs = Arrays.stream(hosts)
			.filter(Host::isMeasured)
			.mapToDouble((host) -> host.cost(now))
			.sorted()
			.toArray();
		return (costs.length > 0) ? costs[costs.length / 2] : 0;
	}

	@Override
	int next(@Nullable String key) {
		int first = this.draw.next();
		int second = this.draw.nextBeside(first);
		if (first == second) {
			return first;
		}
		long now = this.time.nanoTime();
		double firstLoad = load(host(first), now);
		double secondLoad = load(host(second), now);
		if (secondLoad > firstLoad * EQUAL) {
			return better(first, second, secondLoad / firstLoad, now);
		}
		if (firstLoad > secondLoad * EQUAL) {
			return better(second, first, firstLoad / secondLoad, now);
		}
		host(first).picked(now);
		return first;
	}

	private int better(int winner, int loser, double ratio, long now) {
		long patience = (long) (UNPICKED_NANOS * Math.min(ratio, MAX_RATIO));
		if (host(loser).active() == 0 && host(loser).claimIfUnpicked(now, patience)) {
			return loser;
		}
		host(winner).picked(now);
		return winner;
	}

	private double load(Host host, long now) {
		int active = host.active();
		if (host.isMeasured()) {
			return load(host.cost(now), active);
		}
		return (active > 0) ? (double) PENALTY + active : load(this.median, active);
	}

	static long load(double costNanos, int active) {
		return (long) Math.sqrt(costNanos + 1) * (active + 1L);
	}

}
