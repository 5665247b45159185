// SPDX-License-Identifier: Apache-2.0

package io.governance.observation;

import java.util.Locale;

/**
 * What was decided about a trace, and why.
 */
public enum TraceVerdict {

	/** Recorded: chosen by the ratio. */
	SAMPLED,

	/** Not recorded: not chosen by the ratio. */
	NOT_SAMPLED,

	/** Not recorded: chosen, but beyond the traces per second. */
	CAPPED,

	/** Recorded: a trusted caller asked for it. */
	DEBUG,

	/** As the caller decided. */
	PARENT;

	/**
	 * The value of the {@code decision} tag of meters.
	 * @return the name in lower case with dashes
	 */
	public String decision() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
