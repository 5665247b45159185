// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.context;

import java.util.concurrent.ExecutorService;
import java.util.function.Function;

import io.micrometer.context.ContextExecutorService;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.PropertyAccessor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cloud.circuitbreaker.resilience4j.Resilience4JCircuitBreakerFactory;

/**
 * Lets calls behind Spring Cloud's circuit breakers carry the context: with a time
 * limiter they run on a pool that is no bean, but made by the factory or by the
 * application's customizer of it. Such a pool stays, and is wrapped.
 */
public final class ContextCircuitBreakers implements BeanPostProcessor {

	private static final String POOL = "executorService";

	private static final String GROUPS = "groupExecutorServiceFactory";

	private final ObjectProvider<ContextCapture> capture;

	/**
	 * Creates a post-processor.
	 * @param capture takes the context; looked up when the factory is made
	 */
	public ContextCircuitBreakers(ObjectProvider<ContextCapture> capture) {
		this.capture = capture;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof Resilience4JCircuitBreakerFactory factory) {
			this.capture.ifAvailable((capture) -> carry(factory, capture));
		}
		return bean;
	}

	/**
	 * There are no getters.
	 */
	@SuppressWarnings("unchecked")
	private static void carry(Resilience4JCircuitBreakerFactory factory, ContextCapture capture) {
		PropertyAccessor fields = new DirectFieldAccessor(factory);
		if (fields.isReadableProperty(POOL) && fields.getPropertyValue(POOL) instanceof ExecutorService pool) {
			factory.configureExecutorService(wrap(pool, capture));
		}
		if (fields.isReadableProperty(GROUPS) && fields.getPropertyValue(GROUPS) instanceof Function<?, ?> groups) {
			Function<String, ExecutorService> pools = (Function<String, ExecutorService>) groups;
			factory.configureGroupExecutorService((group) -> wrap(pools.apply(group), capture));
		}
	}

	private static ExecutorService wrap(ExecutorService pool, ContextCapture capture) {
		return (pool instanceof ContextExecutorService) ? pool : ContextExecutorService.wrap(pool, capture);
	}

}
