// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import io.governance.discovery.DiscoveryThreads;
import io.governance.discovery.lifecycle.InstanceEndpoint;
import io.governance.discovery.lifecycle.InstanceLifecycle;
import io.governance.discovery.lifecycle.LateCallFilter;
import io.governance.discovery.lifecycle.LateCallWebFilter;
import io.governance.discovery.lifecycle.LateCalls;
import io.governance.discovery.lifecycle.LeaveSettings;
import io.governance.discovery.lifecycle.LeaveSettings.WaitFor;
import io.governance.discovery.registration.InstanceRegistrar;
import io.governance.discovery.springcloud.SpringCloudRegistrar;
import io.governance.request.IgnoredPaths;
import io.governance.time.TimeSource;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingFilterBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistration;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.web.server.WebFilter;

/**
 * Auto-configuration of how this instance leaves. Only web applications have callers to
 * wait for.
 */
@AutoConfiguration(
		after = { GovernanceDiscoveryAutoConfiguration.class, GovernanceRegistrationAutoConfiguration.class })
@ConditionalOnWebApplication
@ConditionalOnBean(DiscoveryThreads.class)
@ConditionalOnProperty(name = "governance.discovery.lifecycle.enabled", matchIfMissing = true)
@EnableConfigurationProperties(DiscoveryLifecycleProperties.class)
public final class GovernanceLifecycleAutoConfiguration {

	/**
	 * The order of the filter for late calls: behind what observes a call, before all
	 * that does anything for it.
	 */
	public static final int FILTER_ORDER = Ordered.HIGHEST_PRECEDENCE + 15;

	@Bean
	@ConditionalOnMissingBean
	SpringCloudRegistrar governanceSpringCloudRegistrar(ObjectProvider<ServiceRegistry<?>> registries,
			ObjectProvider<Registration> registrations, ObjectProvider<AutoServiceRegistration> automatic,
			DiscoveryThreads threads, ObjectProvider<TimeSource> time) {
		return new SpringCloudRegistrar(registries, registrations, automatic, threads.scheduler("leave-again"),
				time.getIfAvailable(TimeSource::system));
	}

	@Bean
	@ConditionalOnMissingBean
	InstanceLifecycle governanceInstanceLifecycle(ApplicationContext context, DiscoveryLifecycleProperties properties,
			ObjectProvider<InstanceRegistrar> registrars, DiscoveryThreads threads, ObjectProvider<TimeSource> time) {
		LeaveSettings settings = new PhaseTimeout(context.getEnvironment()).fit(properties.settings(),
				properties.waitFor() == WaitFor.ALWAYS || isRegistered(context));
		return new InstanceLifecycle(context, settings, registrars.orderedStream().toList(),
				threads.scheduler("lifecycle"), () -> threads.scheduler("leave"),
				time.getIfAvailable(TimeSource::system));
	}

	/** The bean above is there in any case. */
	private static boolean isRegistered(ApplicationContext context) {
		return context.getBeanNamesForType(InstanceRegistrar.class, true, false).length > 1
				|| context.getBeanNamesForType(ServiceRegistry.class, true, false).length > 0;
	}

	@Bean
	@ConditionalOnMissingBean
	LateCalls governanceLateCalls(InstanceLifecycle lifecycle, Environment environment,
			ObjectProvider<TimeSource> time) {
		return new LateCalls(lifecycle, IgnoredPaths.of(environment), time.getIfAvailable(TimeSource::system));
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Filter.class, FilterRegistrationBean.class })
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	static class ServletConfiguration {

		@Bean
		@ConditionalOnMissingFilterBean
		FilterRegistrationBean<LateCallFilter> governanceLateCallFilter(LateCalls calls) {
			FilterRegistrationBean<LateCallFilter> registration = new FilterRegistrationBean<>(
					new LateCallFilter(calls));
			registration.setOrder(FILTER_ORDER);
			registration.setDispatcherTypes(DispatcherType.REQUEST);
			return registration;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebFilter.class)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	static class ReactiveConfiguration {

		@Bean
		@ConditionalOnMissingBean
		LateCallWebFilter governanceLateCallWebFilter(LateCalls calls) {
			return new LateCallWebFilter(calls, FILTER_ORDER);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
	static class ActuatorConfiguration {

		@Bean
		@ConditionalOnAvailableEndpoint
		@ConditionalOnMissingBean
		InstanceEndpoint governanceInstanceEndpoint(InstanceLifecycle lifecycle) {
			return new InstanceEndpoint(lifecycle);
		}

	}

}
