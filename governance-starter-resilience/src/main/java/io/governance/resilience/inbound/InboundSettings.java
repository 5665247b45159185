// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.inbound;

import io.governance.context.LabelSource;
import io.governance.context.TrustedCallers;
import io.governance.request.IgnoredPaths;
import io.governance.time.TimeSource;

/**
 * What inbound adapters work with.
 *
 * @param service this process's own service, which inbound calls are for
 * @param labels the labels of the current call
 * @param trusted whose governance headers are honoured
 * @param time the clock
 * @param ignored the paths that no rule is asked about
 */
public record InboundSettings(String service, LabelSource labels, TrustedCallers trusted, TimeSource time,
		IgnoredPaths ignored) {
}
