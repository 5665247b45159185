// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.cluster;

import io.governance.policy.Call;
import io.governance.selection.BalancingPolicy;
import io.governance.selection.Candidates;
import io.governance.selection.Picker;
import org.jspecify.annotations.Nullable;

/**
 * Picks the first, and counts the pickers that it makes.
 */
final class RecordedBalancing implements BalancingPolicy {

	private int made;

	private boolean growing;

	int made() {
		return this.made;
	}

	void growing(boolean changes) {
		this.growing = changes;
	}

	@Override
	public Picker newPicker(Candidates candidates, @Nullable Picker before) {
		this.made++;
		return (key, tried, nowNanos) -> candidates.usable().get(0);
	}

	@Override
	public @Nullable String keyOf(Call call) {
		return null;
	}

	@Override
	public boolean changesWithTime(Candidates candidates) {
		return this.growing;
	}

}
