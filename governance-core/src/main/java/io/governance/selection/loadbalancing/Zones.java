// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.loadbalancing;

import io.governance.schema.RuleField;
import org.jspecify.annotations.Nullable;

/**
 * What zones have to say.
 *
 * @param mode how zones are preferred; not at all by default
 * @param minimumHealthy with {@code prefer}: percent of the local zone's instances that
 * must be usable for all calls to stay there; 70 by default
 */
public record Zones(
		@RuleField(value = "Whether calls stay in their zone: none, prefer, or balanced over what all callers send.",
				defaultValue = "none") Mode mode,
		@RuleField(
				value = "With prefer: share of the local instances that must be usable for all calls to stay, in percent.",
				defaultValue = "70", bounds = "1 to 100") Integer minimumHealthy) {

	/** How zones are preferred. */
	public enum Mode {

		/** Not at all. */
		NONE,

		/** Calls stay in the local zone, as far as it is healthy. */
		PREFER,

		/** As far as no instance gets more calls than those of other zones. */
		BALANCED

	}

	/**
	 * Sets the defaults.
	 * @param mode how zones are preferred
	 * @param minimumHealthy percent of instances
	 */
	public Zones(@Nullable Mode mode, @Nullable Integer minimumHealthy) {
		this.mode = (mode != null) ? mode : Mode.NONE;
		this.minimumHealthy = (minimumHealthy != null) ? minimumHealthy : Integer.valueOf(70);
	}

}
