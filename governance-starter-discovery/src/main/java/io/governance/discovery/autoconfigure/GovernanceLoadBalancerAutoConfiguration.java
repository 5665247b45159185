// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import io.governance.actuate.EnforcementPoint;
import io.governance.autoconfigure.StagedRestClientConfiguration;
import io.governance.client.CallOrigin;
import io.governance.discovery.InstanceSelector;
import io.governance.discovery.client.LoadBalancedWebClientGroups;
import io.governance.discovery.client.LoadBalancedWebClientPostProcessor;
import io.governance.discovery.client.LoadBalancingExchangeFilter;
import io.governance.discovery.client.LoadBalancingStage;
import io.governance.discovery.mirror.Mirror;
import io.governance.policy.Segment;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientHttpServiceGroupConfigurer;

/**
 * Auto-configuration of the load-balancer hook in {@code @LoadBalanced} clients, in place
 * of Spring Cloud's.
 */
@AutoConfiguration(after = GovernanceDiscoveryAutoConfiguration.class)
@ConditionalOnBean({ InstanceSelector.class, Mirror.class })
@ConditionalOnProperty(name = { "governance.discovery.enabled", "governance.discovery.load-balancer.enabled" },
		matchIfMissing = true)
@Import(StagedRestClientConfiguration.class)
public final class GovernanceLoadBalancerAutoConfiguration {

	@Bean
	EnforcementPoint governanceSelectionPoint() {
		return new EnforcementPoint(Segment.SELECTION, "choice of instances");
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RestClient.class)
	static class BlockingConfiguration {

		@Bean
		@ConditionalOnMissingBean
		LoadBalancingStage governanceLoadBalancingStage(InstanceSelector selector, CallOrigin origin, Mirror mirror) {
			return new LoadBalancingStage(selector, origin, mirror);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebClient.class)
	static class ReactiveConfiguration {

		@Bean
		@ConditionalOnMissingBean
		static LoadBalancedWebClientPostProcessor governanceLoadBalancedWebClientPostProcessor(
				ObjectProvider<LoadBalancingExchangeFilter> filter, ListableBeanFactory beans) {
			return new LoadBalancedWebClientPostProcessor(filter, beans);
		}

		@Bean
		@ConditionalOnMissingBean
		LoadBalancingExchangeFilter governanceLoadBalancingExchangeFilter(InstanceSelector selector, CallOrigin origin,
				Mirror mirror) {
			return new LoadBalancingExchangeFilter(selector, origin, mirror);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ WebClient.class, WebClientHttpServiceGroupConfigurer.class })
	static class ReactiveGroupConfiguration {

		@Bean
		@ConditionalOnMissingBean
		LoadBalancedWebClientGroups governanceLoadBalancedWebClientGroups(LoadBalancingExchangeFilter filter) {
			return new LoadBalancedWebClientGroups(filter);
		}

	}

}
