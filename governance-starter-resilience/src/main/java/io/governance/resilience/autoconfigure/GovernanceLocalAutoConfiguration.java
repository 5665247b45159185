// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.context.LabelSource;
import io.governance.engine.PolicyEngine;
import io.governance.resilience.execution.CallExecution;
import io.governance.resilience.local.LocalCalls;
import io.governance.time.TimeSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of what runs work of this process under the rules that name it.
 */
@AutoConfiguration(after = { GovernanceAutoConfiguration.class, GovernanceOutboundAutoConfiguration.class })
@ConditionalOnBean(PolicyEngine.class)
public final class GovernanceLocalAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LocalCalls governanceLocalCalls(ObjectProvider<CallExecution> execution, PolicyEngine engine, TimeSource time,
			ObjectProvider<LabelSource> labels, Environment environment) {
		// there is none where the rules do not act on calls that leave this process
		CallExecution used = execution.getIfAvailable(() -> new CallExecution(engine, time,
				environment.getProperty("spring.application.name", "application")));
		return new LocalCalls(used, labels.getIfAvailable(() -> LabelSource.NONE));
	}

}
