// SPDX-License-Identifier: Apache-2.0

package io.governance.observation.sampling;

import java.time.Duration;

import io.governance.schema.RuleField;
import org.jspecify.annotations.Nullable;

/**
 * A higher ratio while many of the matching calls fail.
 *
 * @param above the share of failed calls beyond which the ratio is raised; 0.05 by
 * default
 * @param ratio the raised ratio; 1 by default
 * @param window how far back calls count; 30 s by default
 * @param minimumCalls how many calls must be in the window; 20 by default
 */
public record ErrorRaise(
		@RuleField(value = "Share of failed calls beyond which the ratio is raised.", defaultValue = "0.05",
				bounds = "0 to 1, 1 excluded") Double above,
		@RuleField(value = "The raised ratio; a lower one than the rule's own changes nothing.", defaultValue = "1",
				bounds = "0 to 1") Double ratio,
		@RuleField(value = "How far back calls count.", defaultValue = "30s", bounds = "1s to 5m") Duration window,
		@RuleField(value = "How many calls must be in the window.", defaultValue = "20",
				bounds = "1 to 100000") Integer minimumCalls) {

	/**
	 * Sets the defaults.
	 * @param above the share of failed calls
	 * @param ratio the raised ratio
	 * @param window how far back calls count
	 * @param minimumCalls how many calls there must be
	 */
	public ErrorRaise(@Nullable Double above, @Nullable Double ratio, @Nullable Duration window,
			@Nullable Integer minimumCalls) {
		this.above = (above != null) ? above : Double.valueOf(0.05);
		this.ratio = (ratio != null) ? ratio : Double.valueOf(1);
		this.window = (window != null) ? window : Duration.ofSeconds(30);
		this.minimumCalls = (minimumCalls != null) ? minimumCalls : Integer.valueOf(20);
	}

}
