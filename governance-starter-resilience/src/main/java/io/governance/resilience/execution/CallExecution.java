// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import io.governance.engine.PolicyEngine;
import io.governance.time.TimeSource;

/**
 * What an executor works with.
 *
 * @param engine decides
 * @param time the clock; deadlines are points on it
 * @param caller this process's own service, as it is named to those it calls
 */
public record CallExecution(PolicyEngine engine, TimeSource time, String caller) {
}
