// SPDX-License-Identifier: Apache-2.0

package io.governance.execution;

import io.governance.policy.Call;

/**
 * What may answer a call before it is made. Thread-safe; never waits.
 */
@FunctionalInterface
public interface AnswerCache {

	/**
	 * Decides on a call. What it is given must be ended.
	 * @param call the call
	 * @return what to do with it
	 */
	CacheTurn turn(Call call);

}
