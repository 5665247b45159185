// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.governance.context.CallContext;
import io.governance.policy.Call.Priority;
import io.governance.tracing.context.ContextCapture;
import io.governance.tracing.context.ContextExecutors;
import io.governance.tracing.context.ContextTaskDecorator;
import io.micrometer.context.ContextSnapshot;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;

import static org.assertj.core.api.Assertions.assertThat;

class GovernanceTracingContextAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GovernanceTracingContextAutoConfiguration.class));

	@Test
	void suppliesWhatCarriesContext() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(ContextCapture.class)
			.hasSingleBean(ContextTaskDecorator.class)
			.hasSingleBean(ContextExecutors.class));
	}

	@Test
	void theDecoratorBacksOffForTheApplicationsOwn() {
		this.contextRunner
			.withBean("own", ContextTaskDecorator.class, () -> new ContextTaskDecorator(new ContextCapture(false)))
			.run((context) -> assertThat(context).getBeanNames(ContextTaskDecorator.class).containsExactly("own"));
		this.contextRunner.withBean(ContextPropagatingTaskDecorator.class)
			.run((context) -> assertThat(context).doesNotHaveBean(ContextTaskDecorator.class).hasNotFailed());
	}

	@Test
	void anApplicationMayInjectItsOwnDecoratorByTypeAndBothAreUsed() {
		this.contextRunner
			.withConfiguration(
					AutoConfigurations.of(TaskExecutionAutoConfiguration.class, TaskSchedulingAutoConfiguration.class))
			.withUserConfiguration(OwnDecorator.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				OwnDecorator own = context.getBean(OwnDecorator.class);
				assertThat(context.getBean("injected", Supplier.class).get())
					.isSameAs(context.getBean("userDecorator"));
				Executor executor = context.getBean("applicationTaskExecutor", Executor.class);
				CallContext call = new CallContext(null, 1, Map.of(), "orders", Priority.DEFAULT);
				try (CallContext.Scope scope = call.makeCurrent()) {
					assertThat(CompletableFuture.supplyAsync(CallContext::current, executor).join()).isEqualTo(call);
				}
				assertThat(own.seen).isEqualTo(call);
			});
	}

	@Test
	void isOffWhereAPropertySaysSo() {
		for (String off : new String[] { "governance.tracing.enabled=false",
				"governance.tracing.context.enabled=false" }) {
			this.contextRunner.withPropertyValues(off)
				.run((context) -> assertThat(context).doesNotHaveBean(ContextTaskDecorator.class)
					.doesNotHaveBean(ContextExecutors.class));
		}
		this.contextRunner.withPropertyValues("governance.tracing.context.executors=false")
			.run((context) -> assertThat(context).hasSingleBean(ContextTaskDecorator.class)
				.doesNotHaveBean(ContextExecutors.class));
	}

	@Test
	void isOffWithoutContextPropagation() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(ContextSnapshot.class))
			.run((context) -> assertThat(context).doesNotHaveBean(ContextTaskDecorator.class).hasNotFailed());
	}

	@Test
	void aBadValueIsNamed() {
		this.contextRunner.withPropertyValues("governance.tracing.context.deadline=perhaps")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("Invalid boolean value 'perhaps'"));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnDecorator {

		private volatile CallContext seen = CallContext.NONE;

		@Bean
		TaskDecorator userDecorator() {
			return (task) -> () -> {
				this.seen = CallContext.current();
				task.run();
			};
		}

		@Bean
		Supplier<TaskDecorator> injected(TaskDecorator decorator) {
			return () -> decorator;
		}

	}

}
