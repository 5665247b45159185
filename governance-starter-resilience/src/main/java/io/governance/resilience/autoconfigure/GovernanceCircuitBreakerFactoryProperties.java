// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of Spring Cloud's circuit breaker factories.
 *
 * @param enabled Whether there are factories whose circuit breakers are run by rules,
 * where there is no other.
 */
@ConfigurationProperties("governance.resilience.circuit-breaker-factory")
record GovernanceCircuitBreakerFactoryProperties(@DefaultValue("true") boolean enabled) {
}
