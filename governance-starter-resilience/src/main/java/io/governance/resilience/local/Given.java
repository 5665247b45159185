// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.local;

import io.governance.resilience.execution.ResponseHead;
import org.jspecify.annotations.Nullable;

/**
 * What work gave, which may be nothing.
 */
record Given<T extends @Nullable Object>(T value) {

	/** To the rules, work that does not fail is a call that is answered. */
	static final ResponseHead HEAD = new ResponseHead(200, false, null);

	/**
	 * Work has no status: where a call would be answered with one on purpose, it fails.
	 */
	static RuntimeException injected(int status, String rule) {
		return new IllegalStateException("status " + status + " injected by the rule " + rule);
	}

}
