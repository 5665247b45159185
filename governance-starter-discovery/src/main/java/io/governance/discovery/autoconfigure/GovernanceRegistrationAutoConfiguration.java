// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import java.time.Duration;

import io.governance.discovery.DiscoveryThreads;
import io.governance.discovery.consul.ConsulAccess;
import io.governance.discovery.consul.ConsulAgent;
import io.governance.discovery.consul.ConsulClient;
import io.governance.discovery.consul.ConsulReachability;
import io.governance.discovery.registration.CheckSettings;
import io.governance.discovery.registration.MetricsEndpoint;
import io.governance.discovery.registration.OwnInstance;
import io.governance.discovery.registration.RegistrationSettings;
import io.governance.discovery.registration.SelfRegistration;
import io.governance.time.TimeSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of this process's own registration. Only web applications register.
 */
@AutoConfiguration(after = GovernanceConsulAutoConfiguration.class)
@ConditionalOnClass(WebServerInitializedEvent.class)
@ConditionalOnWebApplication
@ConditionalOnProperty(name = { "governance.discovery.enabled", "governance.discovery.registration.enabled" },
		matchIfMissing = true)
@ConditionalOnConsul
public final class GovernanceRegistrationAutoConfiguration {

	private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

	@Bean
	@ConditionalOnMissingBean
	SelfRegistration governanceSelfRegistration(ApplicationContext context, RegistrationSettings settings,
			ConsulAccess access, ConsulReachability reachability, DiscoveryThreads threads,
			ObjectProvider<MetricsEndpoint> metrics, ObjectProvider<TimeSource> time) {
		// connections and a thread of its own: a heartbeat must not queue behind anything
		ConsulClient client = new ConsulClient(access, reachability, threads.scheduler("registration-io"));
		return new SelfRegistration(context,
				new OwnInstance(context.getEnvironment(), settings, metrics.getIfAvailable(() -> () -> null),
						time.getIfAvailable(TimeSource::system)),
				settings, new ConsulAgent(client, answerTime(settings.check())), threads.scheduler("registration"));
	}

	@Bean
	@ConditionalOnMissingBean
	RegistrationSettings governanceRegistrationSettings(GovernanceDiscoveryProperties properties,
			DiscoveryConsulProperties consul) {
		return properties.registrationSettings(consul);
	}

	/** A heartbeat that hangs must leave time for the next one. */
	private static Duration answerTime(CheckSettings check) {
		if (check.kind() != CheckSettings.Kind.TTL) {
			return LONGEST_ANSWER;
		}
		Duration third = check.ttl().dividedBy(3);
		Duration least = Duration.ofSeconds(1);
		Duration bounded = (third.compareTo(least) < 0) ? least : third;
		return (bounded.compareTo(LONGEST_ANSWER) > 0) ? LONGEST_ANSWER : bounded;
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(PathMappedEndpoints.class)
	static class ActuatorConfiguration {

		@Bean
		@ConditionalOnMissingBean
		MetricsEndpoint governanceMetricsEndpoint(ObjectProvider<PathMappedEndpoints> endpoints) {
			return () -> {
				PathMappedEndpoints exposed = endpoints.getIfAvailable();
				return (exposed != null) ? exposed.getPath(EndpointId.of("prometheus")) : null;
			};
		}

	}

}
