// SPDX-License-Identifier: Apache-2.0

package io.governance.config.autoconfigure;

import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.binding.LiveRules;
import io.governance.config.ConfigProperties;
import io.governance.config.refresh.ConfigMeters;
import io.governance.config.refresh.ConfigWatch;
import io.governance.config.refresh.RemoteConfigUpdater;
import io.governance.config.refresh.RemoteRules;
import io.governance.config.refresh.SettingsRebinder;
import io.governance.config.remote.RemoteConfigState;
import io.governance.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.config.client.ConfigClientProperties;
import org.springframework.cloud.context.properties.ConfigurationPropertiesRebinder;
import org.springframework.cloud.context.scope.refresh.RefreshScope;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Auto-configuration of the watch of remote configuration.
 */
@AutoConfiguration(before = GovernanceAutoConfiguration.class)
@ConditionalOnClass(ConfigClientProperties.class)
@ConditionalOnBooleanProperty(name = "governance.config.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ConfigProperties.class)
public final class GovernanceConfigAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(GovernanceConfigAutoConfiguration.class);

	@Bean
	@ConditionalOnMissingBean
	RemoteRules governanceRemoteRules(ObjectProvider<RemoteConfigState> state) {
		RemoteConfigState imported = state.getIfAvailable();
		if (imported == null) {
			logger.info("remote config is off: spring.config.import names no configserver:");
		}
		return new RemoteRules(imported);
	}

	/**
	 * What there is when a config server is imported.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(RemoteConfigState.class)
	static class WatchConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ConfigMeters governanceConfigMeters() {
			return new ConfigMeters();
		}

		@Bean
		@ConditionalOnMissingBean
		SettingsRebinder governanceSettingsRebinder(ConfigurableApplicationContext context,
				ObjectProvider<ConfigurationPropertiesRebinder> rebinder, ObjectProvider<RefreshScope> refreshScope) {
			return new SettingsRebinder(context, rebinder.getIfAvailable(), refreshScope.getIfAvailable());
		}

		@Bean
		@ConditionalOnMissingBean
		RemoteConfigUpdater governanceRemoteConfigUpdater(RemoteConfigState state, ConfigurableEnvironment environment,
				LiveRules rules, SettingsRebinder settings, ApplicationEventPublisher events) {
			return new RemoteConfigUpdater(state, environment, rules, settings, events);
		}

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnBooleanProperty(name = "governance.config.watch.enabled", matchIfMissing = true)
		ConfigWatch governanceConfigWatch(RemoteConfigState state, RemoteConfigUpdater updater, ConfigMeters meters,
				ConfigProperties properties, TimeSource time) {
			return new ConfigWatch(state, updater, meters, properties.watch(), time);
		}

	}

}
