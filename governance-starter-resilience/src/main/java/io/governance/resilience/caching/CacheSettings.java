// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.caching;

import io.governance.context.LabelSource;
import io.governance.engine.PolicyEngine;
import io.governance.resilience.local.PrincipalSource;
import io.governance.time.TimeSource;

/**
 * What caches work with.
 *
 * @param engine decides
 * @param time the clock
 * @param principals knows who asks
 * @param labels gives the labels of the current call
 */
public record CacheSettings(PolicyEngine engine, TimeSource time, PrincipalSource principals, LabelSource labels) {
}
