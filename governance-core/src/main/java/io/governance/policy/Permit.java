// SPDX-License-Identifier: Apache-2.0

package io.governance.policy;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What an admitted call holds until it ends.
 */
@FunctionalInterface
public interface Permit {

	/** A permit that holds nothing. */
	Permit NONE = (outcome) -> {
	};

	/**
	 * Gives the permit back. Call it exactly once, however the call ended.
	 * @param outcome how it ended
	 */
	void release(Outcome outcome);

	/**
	 * The quotas that the call came out of and that its caller is to be told of.
	 * @return the quotas; mostly none
	 */
	default List<Decision.Quota> quotas() {
		return List.of();
	}

	/**
	 * What the call is to meet on its way, on purpose.
	 * @return the fault; mostly none
	 */
	default @Nullable Fault fault() {
		return null;
	}

}
