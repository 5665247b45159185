// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import java.util.List;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Settings of outbound calls.
 *
 * @param enabled Whether rules act on calls that leave this process.
 * @param hosts Hosts, without port, whose calls are governed also in clients that are not
 * load-balanced.
 */
@ConfigurationProperties("governance.resilience.outbound")
record GovernanceOutboundProperties(@DefaultValue("true") boolean enabled, @DefaultValue List<String> hosts) {

	private static final Pattern HOST = Pattern.compile("[^:/*\\s]+|\\[[0-9a-fA-F:.]+]");

	/**
	 * Checks the hosts: one that no address can have would govern nothing, without a
	 * word.
	 */
	GovernanceOutboundProperties {
		hosts.stream().filter((host) -> !HOST.matcher(host.trim()).matches()).findFirst().ifPresent((host) -> {
			throw new InvalidConfigurationPropertyValueException("governance.resilience.outbound.hosts", host,
					"Expected: host names or addresses, without scheme, port and wildcards.");
		});
	}

}
