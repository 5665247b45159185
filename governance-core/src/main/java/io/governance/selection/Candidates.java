// SPDX-License-Identifier: Apache-2.0

package io.governance.selection;

import java.util.List;

/**
 * The instances that a picker is made for, in a fixed order.
 *
 * @param usable those that calls may go to
 * @param all the same and those that are left out for a while, by which the health of a
 * zone is judged
 * @param panic whether health is ignored and all are usable, since too many are ejected,
 * or some are and the others are bad too
 * @param locality where this process is
 * @param nowMillis the time, in milliseconds since the epoch
 */
public record Candidates(List<Host> usable, List<Host> all, boolean panic, Locality locality, long nowMillis) {

	/**
	 * Copies the lists.
	 */
	public Candidates {
		usable = List.copyOf(usable);
		all = List.copyOf(all);
	}

	/**
	 * Instances that are all well.
	 * @param hosts the instances
	 * @return the candidates
	 */
	public static Candidates of(List<Host> hosts) {
		return new Candidates(hosts, hosts, false, Locality.UNKNOWN, 0);
	}

}
