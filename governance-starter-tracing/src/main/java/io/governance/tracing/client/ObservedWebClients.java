// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.client;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Gives the application's observation registry to every {@link WebClient.Builder} bean.
 * Doing so twice changes nothing.
 */
public final class ObservedWebClients implements BeanPostProcessor {

	private final ObjectProvider<ObservationRegistry> registry;

	/**
	 * Creates a post-processor.
	 * @param registry the application's registry, looked up when the first client is made
	 */
	public ObservedWebClients(ObjectProvider<ObservationRegistry> registry) {
		this.registry = registry;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof WebClient.Builder builder) {
			this.registry.ifAvailable(builder::observationRegistry);
		}
		return bean;
	}

}
