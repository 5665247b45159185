// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.cluster;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.governance.selection.Host;
import org.jspecify.annotations.Nullable;

/**
 * Lanes: a call that names one goes to the hosts of that lane; where the service has
 * none, and for calls that name none, to those of no lane; where there is none of these
 * either, to all.
 *
 * @param metadata the name of the metadata that holds a host's lane
 */
public record Lanes(String metadata) {

	/** Hosts say their lane as {@code lane}. */
	public static final Lanes DEFAULT = new Lanes("lane");

	/**
	 * The hosts of a lane.
	 * @param hosts the hosts
	 * @param lane the lane; {@code null} for none
	 * @return those that take its calls; not empty unless there are no hosts
	 */
	public List<Host> of(List<Host> hosts, @Nullable String lane) {
		List<Host> inLane = (lane == null) ? List.of()
				: hosts.stream().filter((host) -> lane.equals(laneOf(host))).toList();
		if (!inLane.isEmpty()) {
			return inLane;
		}
		List<Host> base = hosts.stream().filter((host) -> laneOf(host) == null).toList();
		return base.isEmpty() ? hosts : base;
	}

	/**
	 * The lanes that hosts are in.
	 * @param hosts the hosts
	 * @return their lanes
	 */
	public Set<String> in(List<Host> hosts) {
		return hosts.stream().flatMap((host) -> {
			String lane = laneOf(host);
			return (lane != null) ? Stream.of(lane) : Stream.empty();
		}).collect(Collectors.toUnmodifiableSet());
	}

	private @Nullable String laneOf(Host host) {
		String lane = host.metadata().get(this.metadata);
		return (lane == null || lane.isEmpty()) ? null : lane;
	}

}
