// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import java.time.Duration;

import io.governance.discovery.lifecycle.LeaveSettings;
import io.governance.discovery.lifecycle.LeaveSettings.WaitFor;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of how this instance leaves, fixed at start.
 *
 * @param enabled whether this instance leaves in order; without it, it is taken out of
 * the registry before Boot's graceful shutdown, and nobody waits
 * @param leaveDelay how long this instance serves on after it was taken out of the
 * registries
 * @param lateWindow how long it refuses new calls before its server begins to stop
 * @param waitFor when a stop waits for callers: where this instance was registered, or
 * always
 */
@ConfigurationProperties("governance.discovery.lifecycle")
public record DiscoveryLifecycleProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("5s") Duration leaveDelay, @DefaultValue("1s") Duration lateWindow,
		@DefaultValue("registered") WaitFor waitFor) {

	/** What it is bound from. */
	static final String PREFIX = "governance.discovery.lifecycle";

	LeaveSettings settings() {
		return new LeaveSettings(this.leaveDelay, this.lateWindow, this.waitFor);
	}

}
