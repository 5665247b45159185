// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import io.governance.policy.Decision;
import io.governance.policy.Policy.Forecast;

/**
 * One limit at work: that of a key, or of all calls. Thread-safe; never blocks.
 */
interface Limiter {

	/**
	 * Asks for one call.
	 * @param answers makes the decision
	 * @return the decision
	 */
	Decision tryAcquire(Answers answers);

	/**
	 * What {@link #tryAcquire} would decide now, without effect.
	 * @param answers makes the rejection
	 * @return the forecast
	 */
	Forecast foresee(Answers answers);

	/**
	 * What it was made from.
	 */
	Rate rate();

	/**
	 * How many calls may come at once now.
	 */
	long available();

	/**
	 * How long, with no further call, until as many may come at once as ever; in
	 * nanoseconds.
	 */
	long nanosToFull();

	/**
	 * Describes it for operators.
	 */
	String state();

}
