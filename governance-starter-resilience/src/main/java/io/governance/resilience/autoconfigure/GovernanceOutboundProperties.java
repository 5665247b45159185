// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of outbound calls.
 *
 * @param enabled Whether rules act on calls that leave this process.
 * @param hosts Hosts, without port, whose calls are governed also in clients that are not
 * load-balanced.
 */
@ConfigurationProperties("governance.resilience.outbound")
record GovernanceOutboundProperties(@DefaultValue("true") boolean enabled, @DefaultValue List<String> hosts) {
}
