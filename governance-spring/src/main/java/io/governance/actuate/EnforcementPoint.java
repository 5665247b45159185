// SPDX-License-Identifier: Apache-2.0

package io.governance.actuate;

import java.util.function.Supplier;

import io.governance.policy.Segment;

/**
 * Says that this process has an adapter that runs a segment of the chain: a bean of this
 * type per segment. Rules of segments that nothing runs are listed as not enforced here.
 *
 * @param segment the segment
 * @param adapter what runs it, for people; empty where the limits name it, once it is
 * used
 * @param limits what it cannot do at present, for people; empty when there is nothing
 */
public record EnforcementPoint(Segment segment, String adapter, Supplier<String> limits) {

	/**
	 * An adapter without limits.
	 * @param segment the segment
	 * @param adapter what runs it, for people
	 */
	public EnforcementPoint(Segment segment, String adapter) {
		this(segment, adapter, () -> "");
	}

	/**
	 * Says what runs the segment.
	 * @return the adapter and its limits; empty for an adapter that has no name and is
	 * not used at present
	 */
	String description() {
		String present = this.limits.get();
		if (this.adapter.isEmpty()) {
			return present;
		}
		return present.isEmpty() ? this.adapter : this.adapter + " (" + present + ")";
	}

}
