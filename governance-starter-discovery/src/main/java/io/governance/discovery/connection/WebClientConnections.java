// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.connection;

import java.lang.reflect.Field;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BinaryOperator;

import io.governance.policy.CallRejectedException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;

/**
 * Sets up the connections of every {@code @LoadBalanced WebClient.Builder} among the
 * beans whose connector is Reactor Netty's, or none yet. Another one is left as it is,
 * and named once.
 */
public final class WebClientConnections implements BeanPostProcessor, PriorityOrdered {

	private static final Log logger = LogFactory.getLog(WebClientConnections.class);

	/**
	 * {@code WebClient} puts whatever a connector says into an exception of its own.
	 */
	private static final ExchangeFilterFunction UNWRAP = (request, next) -> next.exchange(request)
		.onErrorMap(WebClientRequestException.class,
				(error) -> (error.getCause() instanceof CallRejectedException rejected) ? rejected : error);

	private final ObjectProvider<ReactorConnections> connections;

	private final ListableBeanFactory beans;

	private final Set<String> told = ConcurrentHashMap.newKeySet();

	/**
	 * Creates the post processor.
	 * @param connections the pools; asked for only when a builder is made
	 * @param beans where to look for the annotation
	 */
	public WebClientConnections(ObjectProvider<ReactorConnections> connections, ListableBeanFactory beans) {
		this.connections = connections;
		this.beans = beans;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof WebClient.Builder builder && this.beans.containsBean(beanName)
				&& this.beans.findAnnotationOnBean(beanName, LoadBalanced.class) != null) {
			setUp(builder);
		}
		return bean;
	}

	/**
	 * Sets up the connections of one builder's clients.
	 * @param builder the builder
	 */
	public void setUp(WebClient.Builder builder) {
		setUp(builder, (own, settled) -> settled);
	}

	/**
	 * As {@link #setUp(WebClient.Builder)}.
	 * @param choice makes a connector of the builder's own and the one with these
	 * settings
	 */
	void setUp(WebClient.Builder builder, BinaryOperator<ClientHttpConnector> choice) {
		Object connector = value(builder, "connector");
		if (connector instanceof ServiceConnector) {
			return;
		}
		HttpClient client = client(connector);
		if (client != null) {
			ClientHttpConnector own = (connector instanceof ClientHttpConnector given) ? given
					: new ReactorClientHttpConnector(client);
			ClientHttpConnector settled = new ServiceConnector(this.connections.getObject(), client);
			builder.clientConnector(choice.apply(own, settled)).filters((filters) -> filters.add(UNWRAP));
		}
		else if (this.told.add(String.valueOf(connector))) {
			logger.warn("client=WebClient connector=" + connector
					+ " without-effect=governance.discovery.connection reason=\"it is not Reactor Netty's\"");
		}
	}

	private static @Nullable HttpClient client(@Nullable Object connector) {
		if (connector == null) {
			// as the connector that the client would make
			return HttpClient.create().compress(true);
		}
		return (connector instanceof ReactorClientHttpConnector) ? (HttpClient) value(connector, "httpClient") : null;
	}

	private static @Nullable Object value(Object owner, String name) {
		Field field = ReflectionUtils.findField(owner.getClass(), name);
		if (field == null) {
			return null;
		}
		field.setAccessible(true);
		return ReflectionUtils.getField(field, owner);
	}

}
