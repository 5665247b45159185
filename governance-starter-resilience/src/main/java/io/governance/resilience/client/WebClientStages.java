// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.lang.annotation.Annotation;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.util.ClassUtils;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Puts the call stage around every {@code WebClient.Builder} among the beans, outermost
 * and once: load-balanced ones have it for every call, others for calls to named hosts.
 */
public final class WebClientStages implements BeanPostProcessor, PriorityOrdered {

	private static final String LOAD_BALANCED = "org.springframework.cloud.client.loadbalancer.LoadBalanced";

	private final ObjectProvider<ClientSettings> settings;

	private final ListableBeanFactory beans;

	private final @Nullable Class<? extends Annotation> loadBalanced;

	/**
	 * Creates the post processor.
	 * @param settings what adapters work with; asked for only when a client is made
	 * @param beans where to look for the {@code @LoadBalanced} annotation
	 */
	public WebClientStages(ObjectProvider<ClientSettings> settings, ListableBeanFactory beans) {
		this.settings = settings;
		this.beans = beans;
		ClassLoader loader = WebClientStages.class.getClassLoader();
		this.loadBalanced = ClassUtils.isPresent(LOAD_BALANCED, loader)
				? ClassUtils.resolveClassName(LOAD_BALANCED, loader).asSubclass(Annotation.class) : null;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof WebClient.Builder builder) {
			attach(builder, this.settings.getObject(), isLoadBalanced(beanName));
		}
		return bean;
	}

	/**
	 * Puts the call stage around one builder's clients.
	 * @param builder the builder
	 * @param settings what adapters work with
	 * @param loadBalanced whether the client is load-balanced
	 */
	public static void attach(WebClient.Builder builder, ClientSettings settings, boolean loadBalanced) {
		if (!loadBalanced && settings.hosts().isEmpty()) {
			return;
		}
		builder.filters((filters) -> {
			if (filters.stream().noneMatch(CallFilter.class::isInstance)) {
				filters.add(0, new CallFilter(settings, (uri) -> loadBalanced));
			}
		});
	}

	private boolean isLoadBalanced(String beanName) {
		return this.loadBalanced != null && this.beans.containsBean(beanName)
				&& this.beans.findAnnotationOnBean(beanName, this.loadBalanced) != null;
	}

}
