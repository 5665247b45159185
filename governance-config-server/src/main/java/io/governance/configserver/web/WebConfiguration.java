// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.web;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.cloud.config.server.environment.EnvironmentController;
import org.springframework.cloud.config.server.environment.EnvironmentRepository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/**
 * Beans of the edge. Spring Cloud Config's protocol controller is declared here by
 * itself: its encryption, file and Git parts are not switched off, they are not there.
 */
@Configuration(proxyBeanMethods = false)
public class WebConfiguration {

	@Bean
	EnvironmentController environmentController(EnvironmentRepository repository) {
		return new EnvironmentController(repository);
	}

	@Bean
	FilterRegistrationBean<RequestPathFilter> requestPathFilter() {
		FilterRegistrationBean<RequestPathFilter> registration = new FilterRegistrationBean<>(new RequestPathFilter());
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
		registration.setAsyncSupported(true);
		return registration;
	}

	@Bean
	ConfigProblemAdvice configProblemAdvice() {
		return new ConfigProblemAdvice();
	}

}
