// SPDX-License-Identifier: Apache-2.0

package io.governance.observation;

import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * What came with a call about its trace.
 *
 * @param sampled what the caller decided; {@code null} where it decided nothing or is
 * none
 * @param debug whether the caller asks for the trace whatever it costs
 * @param trust tells whether the caller is trusted; asked only where that matters
 * @param ratio the share of traces that is recorded where no rule names one, 0 to 1
 */
public record TraceHead(@Nullable Boolean sampled, boolean debug, BooleanSupplier trust, double ratio) {

	/**
	 * The head of a trace that no call began.
	 * @param ratio the share of traces that is recorded where no rule names one
	 * @return the head
	 */
	public static TraceHead none(double ratio) {
		return new TraceHead(null, false, () -> false, ratio);
	}

	/**
	 * Whether the caller is trusted: what others say is no decision.
	 * @return whether it is
	 */
	public boolean trusted() {
		return this.trust.getAsBoolean();
	}

}
