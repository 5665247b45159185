// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.context;

import java.lang.reflect.Method;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

import io.micrometer.context.ContextExecutorService;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ConcurrentTaskScheduler;

/**
 * Makes the application's own executors carry the context. Spring's get the decorator, in
 * addition to one they may have, and its schedulers a proxy; a plain
 * {@link ExecutorService} is wrapped where its bean is declared as an interface: what is
 * declared as a class must stay of that class. Doing so twice changes nothing.
 */
public final class ContextExecutors implements BeanPostProcessor, PriorityOrdered {

	private final ConfigurableListableBeanFactory beans;

	private final ObjectProvider<ContextTaskDecorator> decorator;

	private final ObjectProvider<ContextCapture> capture;

	/**
	 * Creates a post-processor.
	 * @param beans knows how a bean is declared
	 * @param decorator for Spring's executors; looked up when the first one is made
	 * @param capture for other executors; looked up when the first one is made
	 */
	public ContextExecutors(ConfigurableListableBeanFactory beans, ObjectProvider<ContextTaskDecorator> decorator,
			ObjectProvider<ContextCapture> capture) {
		this.beans = beans;
		this.decorator = decorator;
		this.capture = capture;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof ExecutorService executor) {
			return (executor instanceof ContextExecutorService || !isDeclaredAsInterface(beanName)) ? bean
					: wrap(executor);
		}
		if (bean instanceof ConcurrentTaskScheduler scheduler) {
			cover(scheduler);
		}
		else if (bean instanceof Executor executor) {
			this.decorator.ifAvailable((decorator) -> TaskDecorators.add(executor, decorator));
		}
		return (bean instanceof TaskScheduler scheduler) ? carrying(scheduler) : bean;
	}

	private Object carrying(TaskScheduler scheduler) {
		ContextCapture capture = this.capture.getIfAvailable();
		return (capture != null) ? ContextSchedulers.carrying(scheduler, capture) : scheduler;
	}

	/**
	 * Its decorator would be given what runs later too, and could not tell.
	 */
	private void cover(ConcurrentTaskScheduler scheduler) {
		if (scheduler.getConcurrentExecutor() instanceof ExecutorService executor
				&& !(executor instanceof ContextExecutorService)) {
			scheduler.setConcurrentExecutor(wrap(executor));
		}
	}

	private Executor wrap(ExecutorService executor) {
		ContextCapture capture = this.capture.getIfAvailable();
		if (capture == null) {
			return executor;
		}
		return (executor instanceof ScheduledExecutorService scheduled)
				? new ContextScheduledExecutor(scheduled, capture) : ContextExecutorService.wrap(executor, capture);
	}

	private boolean isDeclaredAsInterface(String beanName) {
		if (!this.beans.containsBeanDefinition(beanName)) {
			return false;
		}
		BeanDefinition definition = this.beans.getMergedBeanDefinition(beanName);
		Class<?> declared = (definition instanceof RootBeanDefinition root) ? declaredType(root) : null;
		return declared != null && declared.isInterface() && Executor.class.isAssignableFrom(declared);
	}

	private static @Nullable Class<?> declaredType(RootBeanDefinition definition) {
		Method factoryMethod = definition.getResolvedFactoryMethod();
		if (factoryMethod != null) {
			return factoryMethod.getReturnType();
		}
		return definition.hasBeanClass() ? definition.getBeanClass() : null;
	}

}
