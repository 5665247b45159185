// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.context;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.PropertyAccessor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.CompositeTaskDecorator;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Puts a decorator inside of the one that an executor of Spring's may have.
 */
final class TaskDecorators {

	private TaskDecorators() {
	}

	static void add(Executor executor, TaskDecorator added) {
		if (executor instanceof ThreadPoolTaskExecutor pool) {
			pool.setTaskDecorator(inside(pool, added));
		}
		else if (executor instanceof ThreadPoolTaskScheduler scheduler) {
			scheduler.setTaskDecorator(inside(scheduler, added));
		}
		else if (executor instanceof SimpleAsyncTaskExecutor simple) {
			simple.setTaskDecorator(inside(simple, added));
		}
	}

	private static TaskDecorator inside(Executor executor, TaskDecorator added) {
		TaskDecorator present = (TaskDecorator) field(executor, "taskDecorator");
		if (present == null) {
			return added;
		}
		return carriesContext(present, added) ? present : new CompositeTaskDecorator(List.of(added, present));
	}

	private static boolean carriesContext(TaskDecorator present, TaskDecorator added) {
		if (present instanceof CompositeTaskDecorator composite
				&& field(composite, "taskDecorators") instanceof Collection<?> members) {
			return members.stream()
				.anyMatch((member) -> member instanceof TaskDecorator decorator && carriesContext(decorator, added));
		}
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
