// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import feign.Client;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;

/**
 * Supplies Feign's own client where there is no other: Spring Cloud refuses clients
 * without a URL if there is none. Looks when all configurations were read, since a
 * configuration that had to come after Spring Cloud's would draw that forward, before
 * what it must come after itself.
 */
final class DefaultFeignClient implements BeanDefinitionRegistryPostProcessor {

	private static final String NAME = "governanceFeignClient";

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		if (registry instanceof ConfigurableListableBeanFactory beans
				&& beans.getBeanNamesForType(Client.class, true, false).length == 0) {
			registry.registerBeanDefinition(NAME,
					BeanDefinitionBuilder.rootBeanDefinition(Client.class, () -> new Client.Default(null, null))
						.getBeanDefinition());
		}
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
		// the definitions are all that matters
	}

}
