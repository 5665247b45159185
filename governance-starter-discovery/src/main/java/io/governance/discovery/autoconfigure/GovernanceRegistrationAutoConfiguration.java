// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import java.time.Duration;

import io.etcd.jetcd.Client;
import io.governance.discovery.DiscoveryThreads;
import io.governance.discovery.consul.ConsulAccess;
import io.governance.discovery.consul.ConsulClient;
import io.governance.discovery.consul.ConsulReachability;
import io.governance.discovery.consul.ConsulRegistry;
import io.governance.discovery.etcd.EtcdConnection;
import io.governance.discovery.etcd.EtcdRegistry;
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
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration of this process's own registration, in each registry that is
 * configured. Only web applications register.
 */
@AutoConfiguration(after = { GovernanceConsulAutoConfiguration.class, GovernanceEtcdAutoConfiguration.class })
@ConditionalOnClass(WebServerInitializedEvent.class)
@ConditionalOnWebApplication
@ConditionalOnProperty(name = { "governance.discovery.enabled", "governance.discovery.registration.enabled" },
		matchIfMissing = true)
@EnableConfigurationProperties(GovernanceDiscoveryProperties.class)
public final class GovernanceRegistrationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RegistrationSettings governanceRegistrationSettings(GovernanceDiscoveryProperties properties) {
		return properties.registrationSettings();
	}

	private static OwnInstance instance(ApplicationContext context, RegistrationSettings settings, CheckSettings check,
			ObjectProvider<MetricsEndpoint> metrics, ObjectProvider<TimeSource> time) {
		return new OwnInstance(context.getEnvironment(), settings, check, metrics.getIfAvailable(() -> () -> null),
				time.getIfAvailable(TimeSource::system));
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnConsul
	@EnableConfigurationProperties(DiscoveryConsulProperties.class)
	static class ConsulConfiguration {

		private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

		@Bean
		@ConditionalOnMissingBean
		ConsulRegistry governanceConsulRegistry(ConsulAccess access, ConsulReachability reachability,
				DiscoveryThreads threads, DiscoveryConsulProperties consul) {
			// connections and a thread of its own: a heartbeat must not queue behind
			// anything
			return new ConsulRegistry(new ConsulClient(access, reachability, threads.scheduler("registration-io")),
					answerTime(consul.checkSettings()));
		}

		@Bean
		@Order(0)
		@ConditionalOnMissingBean(name = "governanceConsulRegistration")
		SelfRegistration governanceConsulRegistration(ApplicationContext context, RegistrationSettings settings,
				ConsulRegistry registry, DiscoveryConsulProperties consul, DiscoveryThreads threads,
				ObjectProvider<MetricsEndpoint> metrics, ObjectProvider<TimeSource> time) {
			RegistrationSettings tagged = settings.withTags(consul.tags());
			return new SelfRegistration(context, instance(context, tagged, consul.checkSettings(), metrics, time),
					tagged, registry, threads.scheduler("registration"));
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

	}

	@Configuration(proxyBeanMethods = false)
	@Conditional(OnEtcdCondition.class)
	@ConditionalOnClass(Client.class)
	@EnableConfigurationProperties(DiscoveryEtcdProperties.class)
	static class EtcdConfiguration {

		@Bean
		@ConditionalOnMissingBean
		EtcdRegistry governanceEtcdRegistry(EtcdConnection etcd, DiscoveryEtcdProperties properties) {
			return new EtcdRegistry(etcd, properties.ttl());
		}

		@Bean
		@Order(1)
		@ConditionalOnMissingBean(name = "governanceEtcdRegistration")
		SelfRegistration governanceEtcdRegistration(ApplicationContext context, RegistrationSettings settings,
				EtcdRegistry registry, DiscoveryEtcdProperties etcd, DiscoveryThreads threads,
				ObjectProvider<MetricsEndpoint> metrics, ObjectProvider<TimeSource> time) {
			return new SelfRegistration(context,
					instance(context, settings, CheckSettings.ttl(etcd.ttl()), metrics, time), settings, registry,
					threads.scheduler("registration-etcd"));
		}

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
