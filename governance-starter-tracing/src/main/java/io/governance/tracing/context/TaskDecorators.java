// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.context;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;

import io.micrometer.context.ContextExecutorService;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.PropertyAccessor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.CompositeTaskDecorator;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.scheduling.concurrent.ConcurrentTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Puts a decorator around the one that an executor of Spring's may have. In a
 * {@link ThreadPoolTaskScheduler} it goes inside: only there a task that runs later can
 * be told from one that runs at once.
 */
final class TaskDecorators {

	private TaskDecorators() {
	}

	static void add(Executor executor, TaskDecorator added) {
		if (executor instanceof ThreadPoolTaskExecutor pool) {
			pool.setTaskDecorator(around(pool, added));
		}
		else if (executor instanceof ThreadPoolTaskScheduler scheduler) {
			scheduler.setTaskDecorator(inside(scheduler, added));
		}
		else if (executor instanceof SimpleAsyncTaskExecutor simple) {
			simple.setTaskDecorator(around(simple, added));
		}
		else if (executor instanceof ConcurrentTaskExecutor concurrent
				&& !(concurrent.getConcurrentExecutor() instanceof ContextExecutorService)) {
			concurrent.setTaskDecorator(around(concurrent, added));
		}
	}

	private static TaskDecorator around(Executor executor, TaskDecorator added) {
		List<TaskDecorator> present = members((TaskDecorator) field(executor, "taskDecorator"));
		List<TaskDecorator> all = new ArrayList<>(present);
		if (present.stream().noneMatch((member) -> carriesContext(member, added))) {
			all.add(added);
		}
		return composite(all);
	}

	private static TaskDecorator inside(Executor executor, TaskDecorator added) {
		List<TaskDecorator> all = new ArrayList<>(members((TaskDecorator) field(executor, "taskDecorator")));
		if (all.stream().noneMatch(ContextPropagatingTaskDecorator.class::isInstance)) {
			all.removeIf((member) -> member.getClass() == added.getClass());
			all.add(0, added);
		}
		return composite(all);
	}

	private static TaskDecorator composite(List<TaskDecorator> members) {
		return (members.size() == 1) ? members.get(0) : new CompositeTaskDecorator(members);
	}

	private static List<TaskDecorator> members(@Nullable TaskDecorator decorator) {
		if (decorator instanceof CompositeTaskDecorator composite
				&& field(composite, "taskDecorators") instanceof Collection<?> members) {
			return members.stream().flatMap((member) -> members((TaskDecorator) member).stream()).toList();
		}
		return (decorator != null) ? List.of(decorator) : List.of();
	}

	private static boolean carriesContext(TaskDecorator present, TaskDecorator added) {
		return present.getClass() == added.getClass() || present instanceof ContextPropagatingTaskDecorator;
	}

	/**
	 * There is no getter. The executor is a bean's target, never a proxy.
	 */
	private static @Nullable Object field(Object target, String name) {
		PropertyAccessor fields = new DirectFieldAccessor(target);
		return fields.isReadableProperty(name) ? fields.getPropertyValue(name) : null;
	}

}
