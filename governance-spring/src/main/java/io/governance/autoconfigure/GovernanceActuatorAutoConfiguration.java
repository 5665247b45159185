// SPDX-License-Identifier: Apache-2.0

package io.governance.autoconfigure;

import io.governance.actuate.EnforcementPoint;
import io.governance.actuate.GovernanceEndpoint;
import io.governance.actuate.RulesHealthIndicator;
import io.governance.binding.LiveRules;
import io.governance.engine.PolicyEngine;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of the actuator's view of the rules.
 */
@AutoConfiguration(after = GovernanceAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
public final class GovernanceActuatorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint
	GovernanceEndpoint governanceEndpoint(PolicyEngine engine, LiveRules rules,
			ObjectProvider<EnforcementPoint> points) {
		return new GovernanceEndpoint(engine, rules, points.orderedStream().toList());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
	static class HealthConfiguration {

		@Bean
		@ConditionalOnMissingBean(name = "governanceRulesHealthIndicator")
		@ConditionalOnEnabledHealthIndicator("governance-rules")
		RulesHealthIndicator governanceRulesHealthIndicator(LiveRules rules) {
			return new RulesHealthIndicator(rules);
		}

	}

}
