// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

class NettyAccessLogIntegrationTests extends AccessLogScenarios {

	@Override
	Class<?> application() {
		return OnNetty.class;
	}

	@Override
	WebApplicationType type() {
		return WebApplicationType.REACTIVE;
	}

	@Configuration(proxyBeanMethods = false)
	@Import(ReactiveAccessLogApplication.class)
	static class OnNetty {

		@Bean
		NettyReactiveWebServerFactory server() {
			return new NettyReactiveWebServerFactory();
		}

	}

}
