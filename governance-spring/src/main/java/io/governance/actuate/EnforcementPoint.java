// SPDX-License-Identifier: Apache-2.0

package io.governance.actuate;

import io.governance.policy.Segment;

/**
 * Says that this process has an adapter that runs a segment of the chain: a bean of this
 * type per segment. Rules of segments that nothing runs are listed as not enforced here.
 *
 * @param segment the segment
 * @param adapter what runs it, for people
 */
public record EnforcementPoint(Segment segment, String adapter) {
}
