// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.loadbalancing;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import io.governance.selection.Host;
import org.jspecify.annotations.Nullable;

/**
 * Draws two hosts, in proportion to their weights, and takes the one with the lower load:
 * the root of its cost in nanoseconds, times one more than the attempts it has under way
 * for its weight; where one costs more than four times the other, costs count in full
 * instead of by their roots. Loads within a quarter of each other are equal, and the
 * first one is taken: what differs by noise shares the calls evenly. A host that was
 * never measured is taken to cost what the other one does, and gets one call at a time. A
 * host that loses always would never be measured again; so one without calls is taken
 * nevertheless after three seconds, or as many times that as its load is higher, nine at
 * most; and soon again as long as its latest answer was no slower than twice the other's
 * cost. Sources: Finagle's PeakEwma, go-zero's p2c.
 */
final class PeakEwmaPicker extends HostPicker {

	private static final double PENALTY = Long.MAX_VALUE >> 16;

	private static final double EQUAL = 1.25;

	private static final double FAR = 4;

	private static final long UNPICKED_NANOS = TimeUnit.SECONDS.toNanos(3);

	private static final long HEALING_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

	private static final double HEALED = 2;

	private static final double MAX_RATIO = 3;

	private final HostDraw draw;

	/** What an attempt under way counts; 1 for the heaviest host. */
	private final double[] burdens;

	PeakEwmaPicker(WeightedHosts hosts, RandomGenerator random) {
		super(hosts, random);
		this.draw = new HostDraw(hosts, random);
		double heaviest = Arrays.stream(hosts.weights()).max().orElse(1);
		this.burdens = Arrays.stream(hosts.weights()).map((weight) -> heaviest / weight).toArray();
	}

	@Override
	int next(@Nullable String key, long nowNanos) {
		int first = this.draw.next();
		int second = this.draw.nextBeside(first);
		if (first == second) {
			return first;
		}
		double ratio = ratio(first, second, nowNanos);
		if (ratio > EQUAL) {
			return better(first, second, ratio, nowNanos);
		}
		if (1 / ratio > EQUAL) {
			return better(second, first, 1 / ratio, nowNanos);
		}
		host(first).picked(nowNanos);
		return first;
	}

	/**
	 * How many times the load of the first one the second one has. Where one is slower by
	 * far its cost counts in full: its root would make it the better one as soon as a few
	 * calls wait at the other, though they are answered sooner there.
	 */
	private double ratio(int first, int second, long now) {
		if (!host(first).isMeasured() || !host(second).isMeasured()) {
			return load(second, first, now) / load(first, second, now);
		}
		double firstCost = host(first).cost(now);
		double secondCost = host(second).cost(now);
		if (secondCost <= FAR * firstCost && firstCost <= FAR * secondCost) {
			return load(secondCost, burden(second)) / load(firstCost, burden(first));
		}
		return secondCost * (burden(second) + 1) / (firstCost * (burden(first) + 1));
	}

	private int better(int winner, int loser, double ratio, long now) {
		if (host(loser).active() == 0 && host(loser).claimIfUnpicked(now, patience(winner, loser, ratio, now))) {
			return loser;
		}
		host(winner).picked(now);
		return winner;
	}

	private long patience(int winner, int loser, double ratio, long now) {
		boolean healing = host(loser).isMeasured() && host(loser).latestNanos() < HEALED * (host(winner).cost(now) + 1);
		return healing ? HEALING_NANOS : (long) (UNPICKED_NANOS * Math.min(ratio, MAX_RATIO));
	}

	private double load(int index, int other, long now) {
		Host host = host(index);
		double burden = burden(index);
		if (host.isMeasured()) {
			return load(host.cost(now), burden);
		}
		return (burden > 0) ? PENALTY + burden : load(host(other).cost(now), 0);
	}

	private double burden(int index) {
		return host(index).active() * this.burdens[index];
	}

	static double load(double costNanos, double burden) {
		return (long) Math.sqrt(costNanos + 1) * (burden + 1);
	}

}
