// SPDX-License-Identifier: Apache-2.0

package io.governance.config.refresh;

import java.util.List;

/**
 * What a change of keys means for the settings beans, tried but not done yet.
 *
 * @param violations values that do not bind; the change must not be committed then
 * @param restartNeeded settings that changed and cannot be changed in a running service
 * @param steps what to do
 */
record SettingsChange(List<String> violations, List<String> restartNeeded, List<Runnable> steps) {

	SettingsChange {
		violations = List.copyOf(violations);
		restartNeeded = List.copyOf(restartNeeded);
		steps = List.copyOf(steps);
	}

	void commit() {
		this.steps.forEach(Runnable::run);
	}

}
