// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

class TomcatAccessLogIntegrationTests extends AccessLogScenarios {

	@Override
	Class<?> application() {
		return OnTomcat.class;
	}

	@Override
	WebApplicationType type() {
		return WebApplicationType.SERVLET;
	}

	@Configuration(proxyBeanMethods = false)
	@Import(ServletAccessLogApplication.class)
	static class OnTomcat {

		@Bean
		TomcatServletWebServerFactory server() {
			return new TomcatServletWebServerFactory();
		}

	}

}
