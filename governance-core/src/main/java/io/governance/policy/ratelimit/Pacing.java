// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.time.Duration;

import io.governance.schema.RuleField;
import org.jspecify.annotations.Nullable;

/**
 * Has calls wait for their turn instead of rejecting them.
 *
 * @param maxWait how long a call may wait; 500 ms by default
 */
public record Pacing(@RuleField(value = "How long a call may wait for its turn.", defaultValue = "500ms",
		bounds = "1ms to 1m") Duration maxWait) {

	/**
	 * Sets the default.
	 * @param maxWait how long a call may wait
	 */
	public Pacing(@Nullable Duration maxWait) {
		this.maxWait = (maxWait != null) ? maxWait : Duration.ofMillis(500);
	}

}
