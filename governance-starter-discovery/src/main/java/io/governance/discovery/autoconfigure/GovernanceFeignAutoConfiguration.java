// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import feign.Capability;
import feign.Client;
import io.governance.client.CallOrigin;
import io.governance.client.FeignTargets;
import io.governance.discovery.InstanceSelector;
import io.governance.discovery.client.FeignLoadBalancing;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the load-balancer hook in OpenFeign's blocking clients, which
 * needs no Spring Cloud LoadBalancer.
 */
@AutoConfiguration(after = GovernanceDiscoveryAutoConfiguration.class,
		// it makes the client that sends requests, if it finds one to use
		afterName = "org.springframework.cloud.openfeign.FeignAutoConfiguration")
@ConditionalOnClass({ Capability.class, FeignClient.class })
@ConditionalOnBean(InstanceSelector.class)
@ConditionalOnProperty(name = { "governance.discovery.enabled", "governance.discovery.load-balancer.enabled" },
		matchIfMissing = true)
public final class GovernanceFeignAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	FeignTargets governanceFeignTargets(ConfigurableBeanFactory beans) {
		return new FeignTargets(beans::resolveEmbeddedValue);
	}

	@Bean
	@ConditionalOnMissingBean
	FeignLoadBalancing governanceFeignLoadBalancing(InstanceSelector selector, CallOrigin origin,
			FeignTargets targets) {
		return new FeignLoadBalancing(selector, origin, targets);
	}

	/**
	 * Spring Cloud refuses clients without a URL where there is no such bean.
	 */
	@Bean
	@ConditionalOnMissingBean
	Client governanceFeignClient() {
		return new Client.Default(null, null);
	}

}
