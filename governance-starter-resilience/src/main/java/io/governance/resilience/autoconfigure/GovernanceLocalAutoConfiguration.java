// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.context.LabelSource;
import io.governance.engine.PolicyEngine;
import io.governance.resilience.execution.CallExecution;
import io.governance.resilience.local.LocalCalls;
import io.governance.resilience.local.PrincipalSource;
import io.governance.resilience.local.ReactiveLocalCalls;
import io.governance.resilience.local.ReactivePrincipalSource;
import io.governance.resilience.local.SecurityPrincipals;
import io.governance.time.TimeSource;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Auto-configuration of what runs work of this process under the rules that name it.
 */
@AutoConfiguration(after = { GovernanceAutoConfiguration.class, GovernanceOutboundAutoConfiguration.class })
@ConditionalOnBean(PolicyEngine.class)
public final class GovernanceLocalAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LocalCalls governanceLocalCalls(ObjectProvider<CallExecution> execution, PolicyEngine engine, TimeSource time,
			ObjectProvider<LabelSource> labels, ObjectProvider<PrincipalSource> principals, Environment environment) {
		// there is none where the rules do not act on calls that leave this process
		CallExecution used = execution.getIfAvailable(() -> new CallExecution(engine, time,
				environment.getProperty("spring.application.name", "application")));
		return new LocalCalls(used, labels.getIfAvailable(() -> LabelSource.NONE),
				principals.getIfAvailable(() -> PrincipalSource.NONE));
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Mono.class)
	static class ReactiveConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ReactiveLocalCalls governanceReactiveLocalCalls(LocalCalls calls,
				ObjectProvider<ReactivePrincipalSource> principals) {
			return new ReactiveLocalCalls(calls, principals.getIfAvailable(() -> ReactivePrincipalSource.NONE));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SecurityContextHolder.class)
	static class SecurityConfiguration {

		@Bean
		@ConditionalOnMissingBean(PrincipalSource.class)
		SecurityPrincipals governanceSecurityPrincipals() {
			return new SecurityPrincipals();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ SecurityContextHolder.class, Mono.class })
	static class ReactiveSecurityConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ReactivePrincipalSource governanceReactivePrincipals(ObjectProvider<PrincipalSource> principals) {
			// an application that asks elsewhere who calls must not be overruled here
			return (principals.getIfAvailable() instanceof SecurityPrincipals) ? new SecurityPrincipals.Reactive()
					: ReactivePrincipalSource.NONE;
		}

	}

}
