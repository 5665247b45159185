// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import feign.Capability;
import io.governance.client.CallOrigin;
import io.governance.client.FeignTargets;
import io.governance.discovery.InstanceSelector;
import io.governance.discovery.client.FeignLoadBalancing;
import io.governance.discovery.mirror.Mirror;

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
@AutoConfiguration(after = GovernanceDiscoveryAutoConfiguration.class)
@ConditionalOnClass({ Capability.class, FeignClient.class })
@ConditionalOnBean({ InstanceSelector.class, Mirror.class })
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
	FeignLoadBalancing governanceFeignLoadBalancing(InstanceSelector selector, CallOrigin origin, FeignTargets targets,
			Mirror mirror) {
		return new FeignLoadBalancing(selector, origin, targets, mirror);
	}

	@Bean
	static DefaultFeignClient governanceDefaultFeignClient() {
		return new DefaultFeignClient();
	}

}
