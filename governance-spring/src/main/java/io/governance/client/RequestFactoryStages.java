// SPDX-License-Identifier: Apache-2.0

package io.governance.client;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.util.ClassUtils;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * Puts every {@link RequestFactoryStage} around the blocking clients among the beans:
 * {@code RestClient.Builder}, {@code RestTemplate} and {@code RestTemplateBuilder}, also
 * those that no customizer sees. The layers of a {@code RestClient} are made when it is
 * built, so that a request factory that is set late is wrapped too.
 */
public final class RequestFactoryStages implements BeanPostProcessor, PriorityOrdered {

	private static final String LOAD_BALANCED = "org.springframework.cloud.client.loadbalancer.LoadBalanced";

	private static final String TEMPLATE_BUILDER = "org.springframework.boot.restclient.RestTemplateBuilder";

	private final ObjectProvider<RequestFactoryStage> stages;

	private final ListableBeanFactory beans;

	private final @Nullable Class<? extends Annotation> loadBalanced;

	private final boolean templateBuilderPresent;

	/**
	 * Creates the post processor.
	 * @param stages the layers; asked for only when a client is made
	 * @param beans where to look for the {@code @LoadBalanced} annotation
	 */
	public RequestFactoryStages(ObjectProvider<RequestFactoryStage> stages, ListableBeanFactory beans) {
		this.stages = stages;
		this.beans = beans;
		ClassLoader loader = RequestFactoryStages.class.getClassLoader();
		this.loadBalanced = annotation(loader);
		this.templateBuilderPresent = ClassUtils.isPresent(TEMPLATE_BUILDER, loader);
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof RestClient.Builder builder) {
			return StagedRestClientBuilder.of(builder, this, isLoadBalanced(beanName));
		}
		if (bean instanceof RestTemplate template) {
			RestTemplates.wrap(template, this, isLoadBalanced(beanName));
		}
		else if (this.templateBuilderPresent) {
			return RestTemplateBuilders.wrap(bean, this, () -> isLoadBalanced(beanName));
		}
		return bean;
	}

	/**
	 * Puts all layers around the clients of an HTTP service group.
	 * @param builder makes the clients
	 * @param group the name of the group
	 */
	void attach(RestClient.Builder builder, String group) {
		if (StagedRestClientBuilder.isStaged(builder)) {
			return;
		}
		ClientHttpRequestFactory factory = StagedRestClientBuilder.requestFactory(builder);
		if (!(factory instanceof StagedRequestFactory)) {
			builder.requestFactory(new StagedRequestFactory(
					new GroupRequestFactory(group, wrap(factory, false), () -> wrap(factory, true))));
		}
	}

	/**
	 * Puts all layers around a request factory.
	 * @param factory makes the real requests
	 * @param loadBalancedClient whether the client is marked {@code @LoadBalanced}
	 * @return the outermost layer; {@code factory} itself where no layer applies, or they
	 * are already there
	 */
	public ClientHttpRequestFactory wrap(ClientHttpRequestFactory factory, boolean loadBalancedClient) {
		if (factory instanceof StagedRequestFactory) {
			return factory;
		}
		List<RequestFactoryStage> innermostFirst = new ArrayList<>(this.stages.orderedStream().toList());
		Collections.reverse(innermostFirst);
		ClientHttpRequestFactory wrapped = factory;
		for (RequestFactoryStage stage : innermostFirst) {
			wrapped = stage.wrap(wrapped, loadBalancedClient);
		}
		return (wrapped != factory) ? new StagedRequestFactory(wrapped) : factory;
	}

	private boolean isLoadBalanced(String beanName) {
		return this.loadBalanced != null && this.beans.containsBean(beanName)
				&& this.beans.findAnnotationOnBean(beanName, this.loadBalanced) != null;
	}

	private static @Nullable Class<? extends Annotation> annotation(@Nullable ClassLoader loader) {
		return ClassUtils.isPresent(LOAD_BALANCED, loader)
				? ClassUtils.resolveClassName(LOAD_BALANCED, loader).asSubclass(Annotation.class) : null;
	}

}
