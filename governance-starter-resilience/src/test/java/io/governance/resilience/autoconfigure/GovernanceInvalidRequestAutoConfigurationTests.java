// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import io.governance.resilience.validation.InvalidRequestHandler;
import jakarta.validation.ConstraintViolationException;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.error.ErrorWebFluxAutoConfiguration;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.boot.webmvc.error.DefaultErrorAttributes;
import org.springframework.core.io.ClassPathResource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

class GovernanceInvalidRequestAutoConfigurationTests {

	private static final String SERVLET = "governanceInvalidRequestConfigurer";

	private final WebApplicationContextRunner servlet = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GovernanceInvalidRequestAutoConfiguration.class));

	private final ReactiveWebApplicationContextRunner reactive = new ReactiveWebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GovernanceInvalidRequestAutoConfiguration.class,
				ErrorWebFluxAutoConfiguration.class, HttpHandlerAutoConfiguration.class,
				WebFluxAutoConfiguration.class));

	@Test
	void answersInServletAndReactiveApplications() {
		this.servlet
			.run((context) -> assertThat(context).hasBean(SERVLET).doesNotHaveBean(InvalidRequestHandler.class));
		this.reactive
			.run((context) -> assertThat(context).hasSingleBean(InvalidRequestHandler.class).doesNotHaveBean(SERVLET));
	}

	@Test
	void leavesApplicationsAloneThatShapeTheirErrors() {
		this.servlet.withBean(DefaultErrorAttributes.class, DefaultErrorAttributes::new)
			.run((context) -> assertThat(context).doesNotHaveBean(SERVLET));
		this.reactive.withBean(ErrorWebExceptionHandler.class, () -> (exchange, error) -> Mono.error(error))
			.run((context) -> assertThat(context).doesNotHaveBean(InvalidRequestHandler.class));
	}

	@Test
	void isNotThereWithoutBeanValidation() {
		this.servlet.withClassLoader(new FilteredClassLoader(ConstraintViolationException.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SERVLET));
		this.servlet
			.withClassLoader(new FilteredClassLoader(
					new ClassPathResource("META-INF/services/jakarta.validation.spi.ValidationProvider")))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SERVLET));
	}

	@Test
	void canBeSwitchedOff() {
		for (String property : new String[] { "enabled", "validation-problems" }) {
			this.servlet.withPropertyValues("governance.resilience.inbound." + property + "=false")
				.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SERVLET));
		}
	}

}
