// SPDX-License-Identifier: Apache-2.0

package io.governance.binding;

import java.util.List;

/**
 * What became of the newest rules.
 *
 * @param revision the rule set in force
 * @param appliedAtMillis when it was put in force, in milliseconds since the epoch
 * @param faults why the newest set was refused; empty when the newest one is in force
 * @param refusals how many sets were refused since the start
 * @param refusedSinceMillis since when newer sets have been refused, in milliseconds
 * since the epoch; 0 when the newest one is in force
 */
public record RuleStatus(String revision, long appliedAtMillis, List<RuleFault> faults, long refusals,
		long refusedSinceMillis) {

	/**
	 * Copies the list.
	 */
	public RuleStatus {
		faults = List.copyOf(faults);
	}

	/**
	 * Whether a newer set was refused.
	 * @return whether the rules in force are not the newest
	 */
	public boolean isRefused() {
		return !this.faults.isEmpty();
	}

}
