// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.circuitbreaker;

import org.springframework.cloud.client.circuitbreaker.ConfigBuilder;

/**
 * Stands where Spring Cloud expects the configuration of a circuit breaker: there is none
 * in code, since the rules are read live.
 */
public final class RuleConfig implements ConfigBuilder<RuleConfig> {

	private RuleConfig() {
	}

	@Override
	public RuleConfig build() {
		return this;
	}

	static UnsupportedOperationException refused(String id) {
		return new UnsupportedOperationException(
				"circuit breaker " + id + ": configured in code (expected: rules with match.service: " + id
						+ ", such as governance.rules.circuit-breaker)");
	}

}
