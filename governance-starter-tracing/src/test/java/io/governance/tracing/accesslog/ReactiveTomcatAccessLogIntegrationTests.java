// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.tomcat.reactive.TomcatReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * WebFlux in a Servlet container.
 */
class ReactiveTomcatAccessLogIntegrationTests extends AccessLogScenarios {

	@Override
	Class<?> application() {
		return OnTomcat.class;
	}

	@Override
	WebApplicationType type() {
		return WebApplicationType.REACTIVE;
	}

	@Configuration(proxyBeanMethods = false)
	@Import(ReactiveAccessLogApplication.class)
	static class OnTomcat {

		@Bean
		TomcatReactiveWebServerFactory server() {
			return new TomcatReactiveWebServerFactory();
		}

	}

}
