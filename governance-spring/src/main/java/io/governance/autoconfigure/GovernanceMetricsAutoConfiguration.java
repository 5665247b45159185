// SPDX-License-Identifier: Apache-2.0

package io.governance.autoconfigure;

import io.governance.binding.LiveRules;
import io.governance.engine.PolicyEngine;
import io.governance.metrics.DecisionMeters;
import io.governance.time.TimeSource;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the meters of decisions and rules.
 */
@AutoConfiguration(after = GovernanceAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
public final class GovernanceMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	DecisionMeters governanceDecisionMeters(PolicyEngine engine, LiveRules rules, TimeSource time) {
		return new DecisionMeters(engine, rules, time);
	}

}
