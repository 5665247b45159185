// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The store of limits that instances share, fixed at start. Which Redis it is say Boot's
 * {@code spring.data.redis.*}.
 *
 * @param enabled Whether limits with scope cluster are shared by the application's Redis.
 * @param keyPrefix What the names of all keys in Redis begin with.
 */
@ConfigurationProperties("governance.resilience.cluster-limits")
record GovernanceLeaseProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("governance:limits:") String keyPrefix) {
}
