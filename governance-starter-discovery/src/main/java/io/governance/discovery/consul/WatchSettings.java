// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What is followed, and how.
 *
 * @param blockingWait how long a query may wait at the agent
 * @param environment the tag that instances must have to be seen; {@code null} to see all
 */
public record WatchSettings(Duration blockingWait, @Nullable String environment) {

	/**
	 * Settings that see all instances.
	 * @param blockingWait how long a query may wait at the agent
	 * @return the settings
	 */
	public static WatchSettings of(Duration blockingWait) {
		return new WatchSettings(blockingWait, null);
	}

	String health(String service) {
		String path = "/v1/health/service/" + ConsulClient.encode(service);
		return (this.environment != null) ? path + "?tag=" + ConsulClient.encode(this.environment) : path;
	}

	/** Whether a service is seen whose instances have these tags. */
	boolean sees(Iterable<String> tags) {
		if (this.environment == null) {
			return true;
		}
		for (String tag : tags) {
			if (tag.equalsIgnoreCase(this.environment)) {
				return true;
			}
		}
		return false;
	}

}
