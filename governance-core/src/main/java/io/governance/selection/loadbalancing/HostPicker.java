// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.loadbalancing;

import java.util.random.RandomGenerator;

import io.governance.selection.Host;
import io.governance.selection.Picker;
import org.jspecify.annotations.Nullable;

/**
 * Chooses again, a few times, where the choice was already tried for the call; then takes
 * the next host that was not; then one of those that get no calls else, such as those of
 * other zones; then any. So the search ends after a few hosts more than were tried.
 */
abstract class HostPicker implements Picker {

	private static final int REDRAWS = 3;

	private final WeightedHosts weighted;

	private final Host[] hosts;

	/** Of the hosts without a share of the calls. */
	private final @Nullable HostPicker spare;

	HostPicker(WeightedHosts weighted, RandomGenerator random) {
		this.weighted = weighted;
		this.hosts = weighted.hosts();
		this.spare = weighted.rest().isEmpty() ? null
				: new RandomPicker(WeightedHosts.of(weighted.rest(), Host::weight), random);
	}

	/**
	 * Chooses by the algorithm alone.
	 * @param key what keeps calls together
	 * @param nowNanos the time on the monotonic clock
	 * @return the place of a host
	 */
	abstract int next(@Nullable String key, long nowNanos);

	@Override
	public final @Nullable Host pick(@Nullable String key, Tried tried, long nowNanos) {
		int chosen = next(key, nowNanos);
		return tried.contains(this.hosts[chosen].id()) ? again(chosen, key, tried, nowNanos) : this.hosts[chosen];
	}

	Host again(int chosen, @Nullable String key, Tried tried, long nowNanos) {
		for (int i = 0; i < REDRAWS; i++) {
			Host other = this.hosts[next(key, nowNanos)];
			if (!tried.contains(other.id())) {
				return other;
			}
		}
		for (int i = 1; i < this.hosts.length; i++) {
			Host other = this.hosts[(chosen + i) % this.hosts.length];
			if (!tried.contains(other.id())) {
				return other;
			}
		}
		return spare(chosen, tried, nowNanos);
	}

	/**
	 * One that gets no calls else; the one that was chosen, where all of these were
	 * tried, too.
	 */
	Host spare(int chosen, Tried tried, long nowNanos) {
		Host other = (this.spare != null) ? this.spare.pick(null, tried, nowNanos) : null;
		return (other == null || tried.contains(other.id())) ? this.hosts[chosen] : other;
	}

	Host host(int index) {
		return this.hosts[index];
	}

	boolean isFor(WeightedHosts other) {
		return this.weighted.isSameAs(other);
	}

}
