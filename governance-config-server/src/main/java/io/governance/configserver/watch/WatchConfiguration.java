// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.watch;

import io.governance.configserver.directory.RevisionSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Beans of the watch.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WatchProperties.class)
public class WatchConfiguration {

	@Bean
	Waiters watchWaiters(RevisionSource revisions, WatchProperties properties) {
		return new Waiters(revisions, properties);
	}

	@Bean
	WatchController watchController(Waiters waiters) {
		return new WatchController(waiters);
	}

	@Bean
	MeterBinder watchMeters(Waiters waiters) {
		return (registry) -> Gauge.builder("governance.config.server.waiters", waiters, Waiters::size)
			.description("Watch requests that are held")
			.register(registry);
	}

}
