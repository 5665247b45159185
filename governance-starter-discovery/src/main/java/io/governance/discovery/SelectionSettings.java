// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import io.governance.engine.PolicyEngine;
import io.governance.selection.cluster.Lanes;
import org.jspecify.annotations.Nullable;

/**
 * What instances are chosen with, besides the list of them.
 *
 * @param engine knows the rules
 * @param service this process's own service, whose other instances call the same services
 * @param zone where this process is; {@code null} when unknown
 * @param laneLabel the label that names the lane of a call
 * @param lanes where the lanes of instances stand
 */
public record SelectionSettings(PolicyEngine engine, String service, @Nullable String zone, String laneLabel,
		Lanes lanes) {
}
