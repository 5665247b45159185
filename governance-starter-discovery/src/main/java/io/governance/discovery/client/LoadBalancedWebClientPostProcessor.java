// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.client;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Gives every {@code @LoadBalanced WebClient.Builder} bean the filter, as the innermost
 * of those it has by then.
 */
public final class LoadBalancedWebClientPostProcessor implements BeanPostProcessor {

	private final ObjectProvider<LoadBalancingExchangeFilter> filter;

	private final ListableBeanFactory beans;

	/**
	 * Creates the post processor.
	 * @param filter the filter, asked for only when a builder is made
	 * @param beans where to look for the annotation
	 */
	public LoadBalancedWebClientPostProcessor(ObjectProvider<LoadBalancingExchangeFilter> filter,
			ListableBeanFactory beans) {
		this.filter = filter;
		this.beans = beans;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof WebClient.Builder builder && this.beans.containsBean(beanName)
				&& this.beans.findAnnotationOnBean(beanName, LoadBalanced.class) != null) {
			builder.filters((filters) -> {
				if (filters.stream().noneMatch(LoadBalancingExchangeFilter.class::isInstance)) {
					filters.add(this.filter.getObject());
				}
			});
		}
		return bean;
	}

}
