// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

class JettyAccessLogIntegrationTests extends AccessLogScenarios {

	@Override
	Class<?> application() {
		return OnJetty.class;
	}

	@Override
	WebApplicationType type() {
		return WebApplicationType.SERVLET;
	}

	@Configuration(proxyBeanMethods = false)
	@Import(ServletAccessLogApplication.class)
	static class OnJetty {

		@Bean
		JettyServletWebServerFactory server() {
			return new JettyServletWebServerFactory();
		}

	}

}
