// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.client;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * Gives the application's observation registry to every {@link RestClient.Builder} bean
 * and to every {@link RestTemplate} bean that has none. Doing so twice changes nothing.
 */
public final class ObservedRestClients implements BeanPostProcessor {

	private final ObjectProvider<ObservationRegistry> registry;

	/**
	 * Creates a post-processor.
	 * @param registry the application's registry, looked up when the first client is made
	 */
	public ObservedRestClients(ObjectProvider<ObservationRegistry> registry) {
		this.registry = registry;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof RestClient.Builder builder) {
			this.registry.ifAvailable(builder::observationRegistry);
		}
		else if (bean instanceof RestTemplate template && template.getObservationRegistry().isNoop()) {
			this.registry.ifAvailable(template::setObservationRegistry);
		}
		return bean;
	}

}
