// SPDX-License-Identifier: Apache-2.0

package io.governance.selection;

import java.util.List;

import io.governance.policy.Call;

/**
 * Says where a call goes. Asked once per call, on its path, and never blocks.
 */
public non-sealed interface DestinationPolicy extends SelectionPolicy {

	/**
	 * Chooses a destination.
	 * @param call the call
	 * @return one of a fixed few, the same object each time, so that it can be looked up
	 * by identity
	 */
	Destination choose(Call call);

	/**
	 * All that it may choose, so that they can be prepared.
	 * @return the destinations
	 */
	List<Destination> destinations();

}
