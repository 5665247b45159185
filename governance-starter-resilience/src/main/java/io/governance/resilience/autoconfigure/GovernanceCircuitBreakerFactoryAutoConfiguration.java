// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import io.governance.actuate.EnforcementPoint;
import io.governance.policy.Segment;
import io.governance.resilience.circuitbreaker.GovernedCircuitBreakerFactory;
import io.governance.resilience.circuitbreaker.GovernedReactiveCircuitBreakerFactory;
import io.governance.resilience.local.LocalCalls;
import io.governance.resilience.local.ReactiveLocalCalls;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.client.circuitbreaker.CircuitBreakerFactory;
import org.springframework.cloud.client.circuitbreaker.ReactiveCircuitBreakerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/**
 * Auto-configuration of Spring Cloud's circuit breaker factories, in applications that
 * have no other.
 */
@AutoConfiguration(after = GovernanceLocalAutoConfiguration.class,
		// other factories go before this one
		afterName = { "org.springframework.cloud.circuitbreaker.resilience4j.Resilience4JAutoConfiguration",
				"org.springframework.cloud.circuitbreaker.resilience4j.ReactiveResilience4JAutoConfiguration",
				"org.springframework.cloud.circuitbreaker.retry.FrameworkRetryAutoConfiguration" },
		// what asks whether there is a factory
		beforeName = { "org.springframework.cloud.client.CommonsClientAutoConfiguration",
				"org.springframework.cloud.client.ReactiveCommonsClientAutoConfiguration",
				"org.springframework.cloud.openfeign.FeignAutoConfiguration" })
@ConditionalOnClass(CircuitBreakerFactory.class)
@ConditionalOnBean(LocalCalls.class)
@ConditionalOnBooleanProperty(name = "governance.resilience.circuit-breaker-factory.enabled", matchIfMissing = true)
@EnableConfigurationProperties(GovernanceCircuitBreakerFactoryProperties.class)
public final class GovernanceCircuitBreakerFactoryAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(CircuitBreakerFactory.class)
	GovernedCircuitBreakerFactory governanceCircuitBreakerFactory(LocalCalls calls) {
		return new GovernedCircuitBreakerFactory(calls);
	}

	@Bean
	EnforcementPoint governanceCircuitBreakerCallPoint(ObjectProvider<GovernedCircuitBreakerFactory> factory) {
		return new EnforcementPoint(Segment.CALL, "", () -> description(factory));
	}

	@Bean
	EnforcementPoint governanceCircuitBreakerAttemptPoint(ObjectProvider<GovernedCircuitBreakerFactory> factory) {
		return new EnforcementPoint(Segment.ATTEMPT, "", () -> description(factory));
	}

	private static String description(ObjectProvider<GovernedCircuitBreakerFactory> factory) {
		return factory.stream().map(GovernedCircuitBreakerFactory::description).findFirst().orElse("");
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Mono.class)
	static class ReactiveConfiguration {

		@Bean
		@ConditionalOnMissingBean(ReactiveCircuitBreakerFactory.class)
		GovernedReactiveCircuitBreakerFactory governanceReactiveCircuitBreakerFactory(ReactiveLocalCalls calls) {
			return new GovernedReactiveCircuitBreakerFactory(calls);
		}

		@Bean
		EnforcementPoint governanceReactiveCircuitBreakerCallPoint(
				ObjectProvider<GovernedReactiveCircuitBreakerFactory> factory) {
			return new EnforcementPoint(Segment.CALL, "", () -> description(factory));
		}

		@Bean
		EnforcementPoint governanceReactiveCircuitBreakerAttemptPoint(
				ObjectProvider<GovernedReactiveCircuitBreakerFactory> factory) {
			return new EnforcementPoint(Segment.ATTEMPT, "", () -> description(factory));
		}

		private static String description(ObjectProvider<GovernedReactiveCircuitBreakerFactory> factory) {
			return factory.stream().map(GovernedReactiveCircuitBreakerFactory::description).findFirst().orElse("");
		}

	}

}
