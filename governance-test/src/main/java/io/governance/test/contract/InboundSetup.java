// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.util.Map;

import io.governance.test.ManualTimeSource;
import io.governance.test.lease.FakeLeaseStore;

/**
 * What a server is to be started with.
 *
 * @param time the clock of the whole application
 * @param gate what {@code /stream} waits for
 * @param leases the store of limits that instances share
 * @param properties properties of the application
 */
public record InboundSetup(ManualTimeSource time, StreamGate gate, FakeLeaseStore leases,
		Map<String, String> properties) {
}
