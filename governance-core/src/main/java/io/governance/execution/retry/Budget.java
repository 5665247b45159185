// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.retry;

import io.governance.schema.RuleField;
import org.jspecify.annotations.Nullable;

/**
 * The share of calls that may be retries.
 *
 * @param ratio retries per call; 0.2 by default
 * @param minPerSecond retries per second that are allowed however few calls there are; 3
 * by default
 */
public record Budget(@RuleField(value = "Retries per call.", defaultValue = "0.2", bounds = "0 to 10") Double ratio,
		@RuleField(value = "Retries per second that are allowed however few calls there are.", defaultValue = "3",
				bounds = "0 to 10000") Integer minPerSecond) {

	/**
	 * Sets the defaults.
	 * @param ratio retries per call
	 * @param minPerSecond retries per second in any case
	 */
	public Budget(@Nullable Double ratio, @Nullable Integer minPerSecond) {
		this.ratio = (ratio != null) ? ratio : Double.valueOf(0.2);
		this.minPerSecond = (minPerSecond != null) ? minPerSecond : Integer.valueOf(3);
	}

}
