// SPDX-License-Identifier: Apache-2.0

package io.governance.policy;

/**
 * What a rule may do, weakest first.
 */
public enum Enforcement {

	/** Not evaluated. */
	OFF,

	/** Evaluated and counted; never acts. */
	SHADOW,

	/** Evaluated, counted, acts. */
	ENFORCED;

	/**
	 * Returns the weaker of two enforcements: a kill switch can only take power away.
	 * @param other the other one
	 * @return the weaker
	 */
	public Enforcement weaker(Enforcement other) {
		return (this.compareTo(other) <= 0) ? this : other;
	}

}
