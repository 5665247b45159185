// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Gives every {@code WebClient.Builder} bean that has the call stage the time to connect,
 * as the innermost filter: not ordered, so that it comes after those that choose
 * instances.
 */
public final class WebClientTransports implements BeanPostProcessor {

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof WebClient.Builder builder) {
			attach(builder);
		}
		return bean;
	}

	/**
	 * Gives one builder's clients the time to connect, if they have the call stage.
	 * @param builder the builder
	 */
	public static void attach(WebClient.Builder builder) {
		builder.filters((filters) -> {
			boolean governed = filters.stream().anyMatch(CallFilter.class::isInstance);
			if (governed && filters.stream().noneMatch(ConnectFilter.class::isInstance)) {
				filters.add(new ConnectFilter());
			}
		});
	}

}
