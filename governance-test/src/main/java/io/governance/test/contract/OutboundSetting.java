// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import io.governance.engine.PolicyEngine;
import io.governance.test.FakeInstances;
import io.governance.time.TimeSource;

/**
 * What a client under test is to be built with.
 *
 * @param engine decides on its calls
 * @param time the clock
 * @param caller the service that it calls from
 * @param instances chooses the instance of each attempt
 */
public record OutboundSetting(PolicyEngine engine, TimeSource time, String caller, FakeInstances instances) {
}
