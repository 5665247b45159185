// SPDX-License-Identifier: Apache-2.0

package io.governance.process;

import io.governance.bean.NamedBeans;
import io.governance.lease.Leases;
import io.governance.load.CpuLoad;

/**
 * What a process has that rules may go by.
 *
 * @param cpu how busy it is
 * @param leases permits of a store that it shares with others
 * @param beans what rules may name
 */
public record ProcessResources(CpuLoad cpu, Leases leases, NamedBeans beans) {

	/** Of a process whose CPU load nobody knows, without a store and without beans. */
	public static final ProcessResources NONE = of(CpuLoad.UNKNOWN);

	/**
	 * Of a process without a store and without beans.
	 * @param cpu how busy it is
	 * @return the resources
	 */
	public static ProcessResources of(CpuLoad cpu) {
		return new ProcessResources(cpu, Leases.NONE, NamedBeans.NONE);
	}

}
