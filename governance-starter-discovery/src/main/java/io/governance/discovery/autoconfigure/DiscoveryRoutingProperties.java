// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import io.governance.selection.cluster.Lanes;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of lanes, fixed at start.
 *
 * @param laneLabel label, carried as baggage, that names the lane of a call
 * @param laneMetadata metadata that names the lane of an instance
 */
@ConfigurationProperties("governance.discovery.routing")
public record DiscoveryRoutingProperties(@DefaultValue("lane") String laneLabel,
		@DefaultValue("lane") String laneMetadata) {

	/**
	 * Checks the values.
	 */
	public DiscoveryRoutingProperties {
		check("lane-label", laneLabel);
		check("lane-metadata", laneMetadata);
	}

	private static void check(String key, String name) {
		if (name.isBlank()) {
			throw new IllegalArgumentException(
					"governance.discovery.routing." + key + ": \"" + name + "\" (expected: a name)");
		}
	}

	Lanes lanes() {
		return new Lanes(this.laneMetadata);
	}

}
