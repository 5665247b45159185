// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of governed methods.
 *
 * @param enabled Whether rules act on methods with @Governed.
 */
@ConfigurationProperties("governance.resilience.methods")
record GovernanceMethodProperties(@DefaultValue("true") boolean enabled) {
}
