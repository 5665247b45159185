// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.context;

import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.Arrays;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.scheduling.TaskScheduler;

/**
 * Lets what a scheduler of Spring's shall run once carry the context. That is known where
 * it is asked for only: inside of the scheduler a run of a cron expression looks the
 * same. So the scheduler gets a proxy of its own class.
 */
final class ContextSchedulers {

	private ContextSchedulers() {
	}

	static Object carrying(TaskScheduler scheduler, ContextCapture capture) {
		int modifiers = scheduler.getClass().getModifiers();
		if (Modifier.isFinal(modifiers) || Modifier.isPrivate(modifiers) || isCarrying(scheduler)) {
			return scheduler;
		}
		ProxyFactory proxy = new ProxyFactory(scheduler);
		proxy.setProxyTargetClass(true);
		proxy.addAdvice(new Once(scheduler, capture));
		return proxy.getProxy(scheduler.getClass().getClassLoader());
	}

	private static boolean isCarrying(TaskScheduler scheduler) {
		return scheduler instanceof Advised advised
				&& Arrays.stream(advised.getAdvisors()).anyMatch((advisor) -> advisor.getAdvice() instanceof Once);
	}

	private record Once(TaskScheduler scheduler, ContextCapture capture) implements MethodInterceptor {

		@Override
		public @Nullable Object invoke(MethodInvocation call) throws Throwable {
			Object[] arguments = call.getArguments();
			if ("schedule".equals(call.getMethod().getName()) && arguments[0] instanceof Runnable task
					&& arguments[1] instanceof Instant start) {
				boolean later = start.isAfter(this.scheduler.getClock().instant());
				arguments[0] = (later ? this.capture.later() : this.capture.get()).wrap(task);
			}
			return call.proceed();
		}

	}

}
