// SPDX-License-Identifier: Apache-2.0

package io.governance.autoconfigure;

import io.governance.actuate.EnforcementPoint;
import io.governance.engine.PolicyEngine;
import io.governance.logging.LiveLogLevels;
import io.governance.policy.Segment;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.logging.LoggerGroups;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * Auto-configuration of log levels that follow rules, where Spring Boot has a logging
 * system.
 */
@AutoConfiguration(after = GovernanceAutoConfiguration.class,
		afterName = "org.springframework.cloud.autoconfigure.RefreshAutoConfiguration")
@ConditionalOnBean(LoggingSystem.class)
public final class GovernanceLogLevelAutoConfiguration {

	// acts though nobody asks for this bean
	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean
	LiveLogLevels governanceLiveLogLevels(PolicyEngine engine, LoggingSystem logging,
			ObjectProvider<LoggerGroups> groups) {
		return new LiveLogLevels(engine, logging, groups.getIfAvailable(LoggerGroups::new));
	}

	@Bean
	EnforcementPoint governanceLogLevelPoint() {
		return new EnforcementPoint(Segment.PROCESS, "logging system");
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(EnvironmentChangeEvent.class)
	static class RefreshConfiguration {

		// behind Spring Cloud's, which sets logging.level anew on every change
		@Bean
		ApplicationListener<EnvironmentChangeEvent> governanceLogLevelListener(LiveLogLevels levels) {
			return (event) -> levels.update();
		}

	}

}
