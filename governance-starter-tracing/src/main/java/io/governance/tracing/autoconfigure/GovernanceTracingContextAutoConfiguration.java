// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import io.governance.tracing.context.ContextCapture;
import io.governance.tracing.context.ContextCircuitBreakers;
import io.governance.tracing.context.ContextExecutors;
import io.governance.tracing.context.ContextSchedulerCustomizer;
import io.governance.tracing.context.ContextTaskDecorator;
import io.micrometer.context.ContextSnapshot;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.circuitbreaker.resilience4j.Resilience4JCircuitBreakerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;

/**
 * Auto-configuration that lets the context of a call cross to other threads: through
 * {@code @Async}, Spring Boot's executors and schedulers, and those that the application
 * makes, and the pools of Spring Cloud's circuit breakers. The decorator backs off for a
 * {@link ContextPropagatingTaskDecorator} of the application, and gives way to any other
 * decorator that is injected by its type. Off with
 * {@code governance.tracing.context.enabled=false}.
 */
@AutoConfiguration(before = { TaskExecutionAutoConfiguration.class, TaskSchedulingAutoConfiguration.class })
@ConditionalOnClass(ContextSnapshot.class)
@ConditionalOnBooleanProperty(name = "governance.tracing.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "governance.tracing.context.enabled", matchIfMissing = true)
@EnableConfigurationProperties(TracingContextProperties.class)
public final class GovernanceTracingContextAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ContextCapture governanceContextCapture(TracingContextProperties properties) {
		return new ContextCapture(properties.deadline());
	}

	@Bean
	@Fallback
	@ConditionalOnMissingBean({ ContextTaskDecorator.class, ContextPropagatingTaskDecorator.class })
	ContextTaskDecorator governanceContextTaskDecorator(ContextCapture capture) {
		return new ContextTaskDecorator(capture);
	}

	@Bean
	@ConditionalOnMissingBean
	ContextSchedulerCustomizer governanceContextSchedulerCustomizer(ObjectProvider<ContextTaskDecorator> decorator) {
		return new ContextSchedulerCustomizer(decorator);
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "governance.tracing.context.executors", matchIfMissing = true)
	static ContextExecutors governanceContextExecutors(ConfigurableListableBeanFactory beans,
			ObjectProvider<ContextTaskDecorator> decorator, ObjectProvider<ContextCapture> capture) {
		return new ContextExecutors(beans, decorator, capture);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Resilience4JCircuitBreakerFactory.class)
	@ConditionalOnBooleanProperty(name = "governance.tracing.context.executors", matchIfMissing = true)
	static class CircuitBreakerConfiguration {

		@Bean
		static ContextCircuitBreakers governanceContextCircuitBreakers(ObjectProvider<ContextCapture> capture) {
			return new ContextCircuitBreakers(capture);
		}

	}

}
