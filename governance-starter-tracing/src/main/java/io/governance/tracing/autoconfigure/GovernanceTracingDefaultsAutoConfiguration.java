// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Auto-configuration that keeps the starter's defaults below what an application adds to
 * the environment after it was prepared: once before the conditions of other
 * auto-configurations are evaluated, when every {@code @PropertySource} of the
 * application has been read, and once more when Spring Boot has put its own default
 * properties last.
 */
@AutoConfiguration
@AutoConfigureOrder(Ordered.HIGHEST_PRECEDENCE)
@Import(GovernanceTracingDefaultsAutoConfiguration.BeforeConditions.class)
public final class GovernanceTracingDefaultsAutoConfiguration {

	@Bean
	static BeanFactoryPostProcessor governanceTracingDefaultsStayLast(ConfigurableEnvironment environment) {
		return (beanFactory) -> TracingDefaultsEnvironmentPostProcessor.moveToEnd(environment);
	}

	static final class BeforeConditions implements ImportSelector {

		BeforeConditions(Environment environment) {
			if (environment instanceof ConfigurableEnvironment configurable) {
				TracingDefaultsEnvironmentPostProcessor.moveToEnd(configurable);
			}
		}

		@Override
		public String[] selectImports(AnnotationMetadata importingClassMetadata) {
			return new String[0];
		}

	}

}
