// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.context;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.task.ThreadPoolTaskSchedulerCustomizer;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Moves the decorator to the inside of others in Spring Boot's scheduler: only there a
 * task that runs later can be told from one that runs at once. Thread-safe.
 */
public final class ContextSchedulerCustomizer implements ThreadPoolTaskSchedulerCustomizer {

	private final ObjectProvider<ContextTaskDecorator> decorator;

	/**
	 * Creates a customizer.
	 * @param decorator looked up when a scheduler is made
	 */
	public ContextSchedulerCustomizer(ObjectProvider<ContextTaskDecorator> decorator) {
		this.decorator = decorator;
	}

	@Override
	public void customize(ThreadPoolTaskScheduler scheduler) {
		this.decorator.ifAvailable((decorator) -> TaskDecorators.add(scheduler, decorator));
	}

}
