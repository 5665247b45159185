// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.autoconfigure.GovernanceTrustAutoConfiguration;
import io.governance.context.LabelSource;
import io.governance.context.TrustedCallers;
import io.governance.engine.PolicyEngine;
import io.governance.request.IgnoredPaths;
import io.governance.resilience.inbound.InboundCalls;
import io.governance.resilience.inbound.InboundSettings;
import io.governance.time.TimeSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Auto-configuration of what the inbound adapters of all kinds of servers have in common.
 */
@AutoConfiguration(after = { GovernanceAutoConfiguration.class, GovernanceTrustAutoConfiguration.class })
@Conditional(OnServerCondition.class)
@ConditionalOnBean(PolicyEngine.class)
@ConditionalOnProperty(name = "governance.resilience.inbound.enabled", matchIfMissing = true)
@EnableConfigurationProperties(GovernanceInboundProperties.class)
public final class GovernanceInboundAutoConfiguration {

	/**
	 * The order of the filter before security: behind what observes and traces a call, so
	 * that rejections are observed too, and before all that costs.
	 */
	public static final int EDGE_ORDER = Ordered.HIGHEST_PRECEDENCE + 20;

	/** How far behind the security filter the inner filter is. */
	static final int BEHIND_SECURITY = 10;

	/** The order of Spring Security's filter where nothing else is configured. */
	static final int SECURITY_ORDER = -100;

	private static final String ACTUATOR = "org.springframework.boot.actuate.endpoint.annotation.Endpoint";

	@Bean
	@ConditionalOnMissingBean
	InboundCalls governanceInboundCalls(PolicyEngine engine, ObjectProvider<LabelSource> labels, TrustedCallers trusted,
			TimeSource time, Environment environment, GovernanceInboundProperties properties) {
		return new InboundCalls(engine,
				new InboundSettings(environment.getProperty("spring.application.name", "application"),
						labels.getIfAvailable(() -> LabelSource.NONE), trusted, time,
						ignored(environment, properties)));
	}

	private static IgnoredPaths ignored(Environment environment, GovernanceInboundProperties properties) {
		boolean actuator = ClassUtils.isPresent(ACTUATOR, GovernanceInboundAutoConfiguration.class.getClassLoader());
		return (actuator && properties.ignoreManagement()) ? IgnoredPaths.of(environment) : new IgnoredPaths(null);
	}

}
