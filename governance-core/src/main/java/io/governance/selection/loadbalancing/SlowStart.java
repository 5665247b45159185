// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.loadbalancing;

import java.time.Duration;

import io.governance.schema.RuleField;
import org.jspecify.annotations.Nullable;

/**
 * Less weight for instances that started a short while ago. With an age of t in a window
 * of w, the weight is multiplied by {@code (max(t, 1 s) / w) ^ (1 / aggression)}, and by
 * the minimum at least (after Envoy).
 *
 * @param window how long; 0, which is the default, for never
 * @param aggression how steeply the weight grows at first; 1, which is linear, by default
 * @param minimumWeight percent of the weight that an instance has at once; 10 by default
 */
public record SlowStart(
		@RuleField(value = "How long an instance gets less than its share; 0 for never.", defaultValue = "0s",
				bounds = "0s to 1h") Duration window,
		@RuleField(value = "How steeply the share grows at first; 1 is linear.", defaultValue = "1",
				bounds = "0.1 to 10") Double aggression,
		@RuleField(value = "Share that an instance has at once, in percent.", defaultValue = "10",
				bounds = "1 to 100") Integer minimumWeight) {

	private static final double SECOND_MILLIS = 1_000;

	/**
	 * Sets the defaults.
	 * @param window how long
	 * @param aggression how steeply
	 * @param minimumWeight percent of the weight
	 */
	public SlowStart(@Nullable Duration window, @Nullable Double aggression, @Nullable Integer minimumWeight) {
		this.window = (window != null) ? window : Duration.ZERO;
		this.aggression = (aggression != null) ? aggression : Double.valueOf(1);
		this.minimumWeight = (minimumWeight != null) ? minimumWeight : Integer.valueOf(10);
	}

	/**
	 * Whether an instance has less than its share. Clocks that differ by no more than the
	 * window do no harm: who starts in the future has just started.
	 */
	boolean appliesTo(long startMillis, long nowMillis) {
		return startMillis > 0 && Math.abs(nowMillis - startMillis) < this.window.toMillis();
	}

	double factor(long startMillis, long nowMillis) {
		if (!appliesTo(startMillis, nowMillis)) {
			return 1;
		}
		double share = Math.max(nowMillis - startMillis, SECOND_MILLIS) / this.window.toMillis();
		return Math.min(1, Math.max(this.minimumWeight / 100.0, Math.pow(share, 1 / this.aggression)));
	}

}
