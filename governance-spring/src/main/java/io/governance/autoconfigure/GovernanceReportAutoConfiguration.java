// SPDX-License-Identifier: Apache-2.0

package io.governance.autoconfigure;

import io.governance.engine.PolicyEngine;
import io.governance.report.DecisionReport;
import io.governance.report.DecisionReporter;
import io.governance.time.TimeSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the lines that say when rules begin and cease to reject calls.
 */
@AutoConfiguration(after = GovernanceAutoConfiguration.class)
public final class GovernanceReportAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	DecisionReporter governanceDecisionReporter(PolicyEngine engine, TimeSource time) {
		return new DecisionReporter(new DecisionReport(engine, time));
	}

}
