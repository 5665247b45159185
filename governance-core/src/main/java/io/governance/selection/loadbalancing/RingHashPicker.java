// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.loadbalancing;

import java.util.Arrays;
import java.util.random.RandomGenerator;

import io.governance.match.KeyHash;
import io.governance.selection.Host;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the calls of a key on one host (consistent hashing, after Karger et al.). Each
 * host has points on a ring, the heaviest ones 128, in proportion to their weights; a key
 * goes to the first point at or after its hash. When a host leaves, only its keys move.
 * In a long of the ring the upper bits are the point and the lowest ones the host. The
 * ring is bounded: with more than 4,096 hosts each has fewer points. Calls without a key
 * go anywhere.
 */
final class RingHashPicker extends HostPicker {

	private static final int POINTS = 128;

	private static final long MAX_RING = 1L << 19;

	private final long[] ring;

	private final long hostBits;

	private final HostDraw draw;

	RingHashPicker(WeightedHosts hosts, RandomGenerator random) {
		super(hosts, random);
		this.draw = new HostDraw(hosts, random);
		this.hostBits = (hosts.size() > 1) ? (Long.highestOneBit(hosts.size() - 1L) << 1) - 1 : 0;
		this.ring = ring(hosts);
	}

	private long[] ring(WeightedHosts hosts) {
		int[] points = points(hosts.weights());
		long[] made = new long[Arrays.stream(points).sum()];
		int filled = 0;
		for (int i = 0; i < points.length; i++) {
			String id = hosts.hosts()[i].id();
			for (int point = 0; point < points[i]; point++) {
				made[filled++] = (KeyHash.of(id, point) & ~this.hostBits) | i;
			}
		}
		Arrays.sort(made);
		return made;
	}

	/**
	 * The number of points changes by halves, so that it seldom changes at all.
	 */
	private static int[] points(double[] weights) {
		double heaviest = Arrays.stream(weights).max().orElse(1);
		int most = POINTS;
		while (most > 1 && (long) most * weights.length > MAX_RING) {
			most /= 2;
		}
		int heaviestPoints = most;
		return Arrays.stream(weights)
			.mapToInt((weight) -> (int) Math.max(1, Math.round(heaviestPoints * weight / heaviest)))
			.toArray();
	}

	@Override
	int next(@Nullable String key, long nowNanos) {
		return (key != null) ? owner(point(key)) : this.draw.next();
	}

	/**
	 * The host whose point is next on the ring, so that a key's retries go one way, too.
	 */
	@Override
	Host again(int chosen, @Nullable String key, Tried tried, long nowNanos) {
		if (key == null) {
			return super.again(chosen, null, tried, nowNanos);
		}
		int start = point(key);
		for (int i = 1; i < this.ring.length; i++) {
			Host other = host(owner((start + i) % this.ring.length));
			if (!tried.contains(other.id())) {
				return other;
			}
		}
		return spare(chosen, tried, nowNanos);
	}

	private int point(String key) {
		int found = Arrays.binarySearch(this.ring, KeyHash.of(key) & ~this.hostBits);
		int point = (found >= 0) ? found : -found - 1;
		return (point < this.ring.length) ? point : 0;
	}

	private int owner(int point) {
		return (int) (this.ring[point] & this.hostBits);
	}

}
