// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.watch;

import io.governance.configserver.directory.RevisionSource;
import io.governance.metrics.GovernanceMeter;
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
		return (registry) -> GovernanceMeter.CONFIG_SERVER_WAITERS.gauge(waiters, Waiters::size).register(registry);
	}

}
