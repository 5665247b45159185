// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * The store of limits that instances share, fixed at start. Which Redis it is say Boot's
 * {@code spring.data.redis.*}.
 *
 * @param enabled Whether limits with scope cluster are shared by the application's Redis.
 * @param keyPrefix What the names of all keys in Redis begin with.
 * @param instances How many instances share limits, as long as the store has never said
 * it.
 * @param connectionFactory Name of the Redis connection factory to use; needed where
 * there are several and none is primary.
 */
@ConfigurationProperties("governance.resilience.cluster-limits")
record GovernanceLeaseProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("governance:limits:") String keyPrefix, @DefaultValue("1") int instances,
		@Nullable String connectionFactory) {

	private static final String PREFIX = "governance.resilience.cluster-limits";

	GovernanceLeaseProperties {
		if (instances < 1) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + ".instances", instances,
					"Expected: 1 or more.");
		}
	}

}
