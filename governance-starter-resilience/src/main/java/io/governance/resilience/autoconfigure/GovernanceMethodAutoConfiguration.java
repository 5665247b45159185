// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import io.governance.actuate.EnforcementPoint;
import io.governance.policy.Segment;
import io.governance.resilience.local.LocalCalls;
import io.governance.resilience.local.ReactiveLocalCalls;
import io.governance.resilience.method.AnswerReader;
import io.governance.resilience.method.GovernedInterceptor;
import io.governance.resilience.method.GovernedMethods;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.aop.Advisor;
import org.springframework.aop.config.AopConfigUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Auto-configuration of methods with {@link io.governance.resilience.method.Governed}.
 */
@AutoConfiguration(after = { GovernanceLocalAutoConfiguration.class, AopAutoConfiguration.class })
@ConditionalOnBean(LocalCalls.class)
@ConditionalOnBooleanProperty(name = "governance.resilience.methods.enabled", matchIfMissing = true)
@EnableConfigurationProperties(GovernanceMethodProperties.class)
@Import(GovernanceMethodAutoConfiguration.ProxyRegistrar.class)
public final class GovernanceMethodAutoConfiguration {

	/**
	 * Around transactions and caches, which stay at the end where nothing else is said:
	 * each attempt has a transaction of its own.
	 */
	private static final int ORDER = Ordered.LOWEST_PRECEDENCE - 100;

	@Bean
	@ConditionalOnMissingBean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static GovernedMethods governanceGovernedMethods(ObjectProvider<AnswerReader> reader, Environment environment) {
		return new GovernedMethods((json, type) -> reader.getIfAvailable(() -> AnswerReader.NONE).read(json, type),
				environment::resolveRequiredPlaceholders);
	}

	@Bean
	@ConditionalOnMissingBean(name = "governanceGovernedAdvisor")
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static Advisor governanceGovernedAdvisor(GovernedMethods methods, ObjectProvider<LocalCalls> calls,
			ObjectProvider<ReactiveLocalCalls> reactive) {
		DefaultPointcutAdvisor advisor = new DefaultPointcutAdvisor(methods,
				new GovernedInterceptor(methods, calls::getObject, reactive::getObject));
		advisor.setOrder(ORDER);
		return advisor;
	}

	@Bean
	EnforcementPoint governanceMethodCallPoint(GovernedMethods methods) {
		return new EnforcementPoint(Segment.CALL, "", methods::description);
	}

	@Bean
	EnforcementPoint governanceMethodAttemptPoint(GovernedMethods methods) {
		return new EnforcementPoint(Segment.ATTEMPT, "", methods::description);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JsonMapper.class)
	static class JsonConfiguration {

		@Bean
		@ConditionalOnMissingBean
		AnswerReader governanceAnswerReader(ObjectProvider<JsonMapper> mapper) {
			return (json, type) -> {
				JsonMapper used = mapper.getIfUnique(JsonMapper::shared);
				return used.readValue(json, used.constructType(type));
			};
		}

	}

	/**
	 * Brings what makes proxies, in applications without Spring Boot's.
	 */
	static final class ProxyRegistrar implements ImportBeanDefinitionRegistrar {

		@Override
		public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
			AopConfigUtils.registerAutoProxyCreatorIfNecessary(registry);
		}

	}

}
