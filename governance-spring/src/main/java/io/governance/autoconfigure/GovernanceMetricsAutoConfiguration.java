// SPDX-License-Identifier: Apache-2.0

package io.governance.autoconfigure;

import io.governance.binding.LiveRules;
import io.governance.engine.PolicyEngine;
import io.governance.load.CpuLoad;
import io.governance.metrics.CpuMeters;
import io.governance.metrics.DecisionMeters;
import io.governance.time.TimeSource;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the meters of decisions, of rules, and of the CPU load that they
 * decide by.
 */
@AutoConfiguration(after = GovernanceAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
public final class GovernanceMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	DecisionMeters governanceDecisionMeters(PolicyEngine engine, LiveRules rules, TimeSource time) {
		return new DecisionMeters(engine, rules, time);
	}

	@Bean
	@ConditionalOnBean(CpuLoad.class)
	@ConditionalOnMissingBean
	CpuMeters governanceCpuMeters(CpuLoad cpu) {
		return new CpuMeters(cpu);
	}

}
