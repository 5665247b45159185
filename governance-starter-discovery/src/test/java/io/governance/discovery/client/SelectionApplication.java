// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.client;

import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.discovery.autoconfigure.GovernanceDiscoveryAutoConfiguration;
import io.governance.discovery.autoconfigure.GovernanceLoadBalancerAutoConfiguration;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClientAutoConfiguration;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClientAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.cloud.commons.util.UtilAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * An application with load-balanced clients that has the discovery starter alone.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ GovernanceAutoConfiguration.class, GovernanceDiscoveryAutoConfiguration.class,
		GovernanceLoadBalancerAutoConfiguration.class, SimpleDiscoveryClientAutoConfiguration.class,
		CompositeDiscoveryClientAutoConfiguration.class, UtilAutoConfiguration.class })
class SelectionApplication {

	static ConfigurableApplicationContext start(List<String> properties) {
		return new SpringApplicationBuilder(SelectionApplication.class).web(WebApplicationType.NONE)
			.properties(properties.toArray(String[]::new))
			.properties("spring.main.banner-mode=off", "spring.application.name=shop")
			.run();
	}

	/**
	 * Runs a call on a thread of its own, which is interrupted when the call is under
	 * way.
	 */
	static void interrupted(Runnable call, Runnable underWay) {
		CountDownLatch ended = new CountDownLatch(1);
		Thread thread = new Thread(() -> {
			call.run();
			ended.countDown();
		});
		thread.start();
		underWay.run();
		thread.interrupt();
		try {
			ended.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Bean
	@LoadBalanced
	RestClient.Builder restClientBuilder() {
		return RestClient.builder();
	}

	@Bean
	@LoadBalanced
	WebClient.Builder webClientBuilder() {
		return WebClient.builder();
	}

}
