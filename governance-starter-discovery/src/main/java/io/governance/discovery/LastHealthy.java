// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which instances were the last healthy ones of a service. Checks of instances fail one
 * by one, as each comes round, though what they all depend on fails at once: whoever
 * turned unhealthy a short while before the last one belongs to them. Not thread-safe.
 */
final class LastHealthy {

	/** A few rounds of usual checks. */
	static final Duration AT_ONCE = Duration.ofMinutes(1);

	/** By id; those that turned unhealthy a short while ago. */
	private Map<String, Turned> turned = Map.of();

	/**
	 * Takes note of a listing.
	 * @param listing what the registry says now
	 * @param before the instances that were called until now
	 * @param nowNanos the time on the monotonic clock
	 * @return the last healthy ones that are still there to be called; none while there
	 * are healthy ones
	 */
	List<Instance> of(Listing listing, List<Instance> before, long nowNanos) {
		Set<String> healthy = listing.healthy().stream().map(Instance::id).collect(Collectors.toSet());
		Map<String, Turned> next = new LinkedHashMap<>();
		this.turned.values()
			.stream()
			.filter((left) -> nowNanos - left.nanos() <= AT_ONCE.toNanos())
			.forEach((left) -> next.put(left.instance().id(), left));
		before.forEach((instance) -> next.put(instance.id(), new Turned(instance, nowNanos)));
		next.keySet().removeAll(healthy);
		next.keySet().retainAll(listing.known());
		this.turned = next;
		return healthy.isEmpty() ? next.values().stream().map(Turned::instance).toList() : List.of();
	}

	/**
	 * An instance that turned unhealthy.
	 */
	private record Turned(Instance instance, long nanos) {
	}

}
