// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of Spring's caches.
 *
 * @param enabled Whether Spring's caches are kept as cache rules say, where the
 * application has no CacheManager and names no spring.cache.type.
 */
@ConfigurationProperties("governance.resilience.cache-manager")
record GovernanceCacheManagerProperties(@DefaultValue("false") boolean enabled) {
}
