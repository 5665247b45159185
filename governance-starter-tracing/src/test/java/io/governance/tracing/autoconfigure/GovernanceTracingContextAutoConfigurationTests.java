// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import io.governance.tracing.context.ContextCapture;
import io.governance.tracing.context.ContextExecutors;
import io.governance.tracing.context.ContextTaskDecorator;
import io.micrometer.context.ContextSnapshot;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
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

}
