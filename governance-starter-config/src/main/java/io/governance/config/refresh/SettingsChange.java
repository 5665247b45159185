// SPDX-License-Identifier: Apache-2.0

package io.governance.config.refresh;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a change of keys means for the settings beans, tried but not done yet.
 *
 * @param violations values that do not bind; the change must not be committed then
 * @param restartNeeded settings that changed and cannot be changed in a running service
 * @param steps what to do
 */
record SettingsChange(List<String> violations, List<String> restartNeeded, List<Runnable> steps) {

	private static final Logger logger = LoggerFactory.getLogger(SettingsChange.class);

	SettingsChange {
		violations = List.copyOf(violations);
		restartNeeded = List.copyOf(restartNeeded);
		steps = List.copyOf(steps);
	}

	/**
	 * Does the steps. One that fails, although it was tried, does not keep the others
	 * from being done: the set is in force by now.
	 */
	void commit() {
		for (Runnable step : this.steps) {
			try {
				step.run();
			}
			catch (RuntimeException ex) {
				logger.error("a settings bean could not be changed and needs a restart", ex);
			}
		}
	}

}
