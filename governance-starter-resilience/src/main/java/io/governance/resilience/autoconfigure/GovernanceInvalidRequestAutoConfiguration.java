// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import java.util.List;

import io.governance.resilience.validation.InvalidRequestHandler;
import io.governance.resilience.validation.InvalidRequestResolver;
import jakarta.validation.ConstraintViolationException;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnResource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.ExceptionHandlerExceptionResolver;

/**
 * Auto-configuration of the answers to requests that Bean Validation finds faults with.
 * Leaves applications alone that shape their errors themselves, be it by exception
 * handlers or by beans in place of Spring Boot's.
 */
@AutoConfiguration(
		// to see what the application itself has
		beforeName = { "org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration",
				"org.springframework.boot.webflux.autoconfigure.error.ErrorWebFluxAutoConfiguration" })
@ConditionalOnClass(ConstraintViolationException.class)
@ConditionalOnResource(resources = "classpath:META-INF/services/jakarta.validation.spi.ValidationProvider")
@ConditionalOnBooleanProperty(
		name = { "governance.resilience.inbound.enabled", "governance.resilience.inbound.validation-problems" },
		matchIfMissing = true)
public final class GovernanceInvalidRequestAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ConditionalOnClass(DispatcherServlet.class)
	@ConditionalOnMissingBean(type = { "org.springframework.boot.webmvc.error.ErrorAttributes",
			"org.springframework.boot.webmvc.error.ErrorController" })
	static class ServletConfiguration {

		@Bean
		WebMvcConfigurer governanceInvalidRequestConfigurer(ApplicationContext messages) {
			return new WebMvcConfigurer() {

				@Override
				public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
					resolvers.add(behindHandlers(resolvers), new InvalidRequestResolver(messages));
				}

			};
		}

		/**
		 * Behind all exception handlers of the application, before Spring MVC's own
		 * answers.
		 */
		private static int behindHandlers(List<HandlerExceptionResolver> resolvers) {
			for (int i = resolvers.size(); i > 0; i--) {
				if (resolvers.get(i - 1) instanceof ExceptionHandlerExceptionResolver) {
					return i;
				}
			}
			return resolvers.size();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	@ConditionalOnClass(DispatcherHandler.class)
	@ConditionalOnMissingBean(type = { "org.springframework.boot.webflux.error.ErrorAttributes",
			"org.springframework.boot.webflux.error.ErrorWebExceptionHandler" })
	static class WebFluxConfiguration {

		@Bean
		@ConditionalOnMissingBean
		InvalidRequestHandler governanceInvalidRequestHandler(ApplicationContext messages) {
			return new InvalidRequestHandler(messages);
		}

	}

}
