// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of inbound calls.
 *
 * @param enabled Whether rules act on inbound calls.
 * @param ignoreManagement Whether the management endpoints are left alone, so that no
 * limit makes an instance look ill.
 * @param validationProblems Whether callers of a request that Bean Validation finds
 * faults with are told all of them, as application/problem+json.
 */
@ConfigurationProperties("governance.resilience.inbound")
record GovernanceInboundProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("true") boolean ignoreManagement, @DefaultValue("true") boolean validationProblems) {
}
