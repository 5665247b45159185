// SPDX-License-Identifier: Apache-2.0

package io.governance.autoconfigure;

import io.governance.binding.LiveRules;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration that follows Spring Cloud's refresh (the {@code refresh} endpoint,
 * Consul's config watch) with the rules.
 */
@AutoConfiguration(after = GovernanceAutoConfiguration.class)
@ConditionalOnClass(EnvironmentChangeEvent.class)
public final class GovernanceRefreshAutoConfiguration {

	@Bean
	ApplicationListener<EnvironmentChangeEvent> governanceRefreshListener(LiveRules rules) {
		return (event) -> rules.refresh();
	}

}
