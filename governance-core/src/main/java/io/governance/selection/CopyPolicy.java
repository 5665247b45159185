// SPDX-License-Identifier: Apache-2.0

package io.governance.selection;

import io.governance.policy.Call;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a copy of a call is sent, and where. Asked once per call, on its path, and
 * never blocks.
 */
public non-sealed interface CopyPolicy extends SelectionPolicy {

	/**
	 * Decides on a copy.
	 * @param call the call
	 * @return the copy, to be released exactly once; {@code null} for none
	 */
	@Nullable Copy copy(Call call);

}
