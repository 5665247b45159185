// SPDX-License-Identifier: Apache-2.0

package io.governance.autoconfigure;

import java.lang.management.ManagementFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

import com.sun.management.OperatingSystemMXBean;
import io.governance.binding.LiveRules;
import io.governance.binding.RemoteSources;
import io.governance.binding.RuleBinder;
import io.governance.client.CallOrigin;
import io.governance.context.LabelSource;
import io.governance.cpu.AvailableCpus;
import io.governance.cpu.SampledCpuLoad;
import io.governance.engine.PolicyEngine;
import io.governance.lease.Leases;
import io.governance.load.CpuLoad;
import io.governance.process.ProcessResources;
import io.governance.rule.RuleType;
import io.governance.rule.RuleTypes;
import io.governance.time.TimeSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the policy engine and its rules.
 */
@AutoConfiguration
public final class GovernanceAutoConfiguration {

	private static final String SERVICE_NAME = "spring.application.name";

	@Bean
	@ConditionalOnMissingBean
	TimeSource governanceTimeSource() {
		return TimeSource.system();
	}

	@Bean
	@ConditionalOnMissingBean
	RuleTypes governanceRuleTypes(ConfigurableBeanFactory beanFactory, ObjectProvider<RuleType<?>> types) {
		ClassLoader classLoader = beanFactory.getBeanClassLoader();
		return RuleTypes.load((classLoader != null) ? classLoader : getClass().getClassLoader(),
				types.orderedStream().toList());
	}

	@Bean
	@ConditionalOnMissingBean
	PolicyEngine governancePolicyEngine(ConfigurableEnvironment environment, TimeSource time,
			ObjectProvider<CpuLoad> cpu, ObjectProvider<Leases> leases, BeanFactory beans) {
		RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
		ProcessResources process = new ProcessResources(cpu.getIfAvailable(() -> CpuLoad.UNKNOWN),
				leases.getIfAvailable(() -> Leases.NONE), new BeansOfContext(beans));
		return new PolicyEngine(environment.getProperty(SERVICE_NAME, "application"), time, random, process);
	}

	// rules guard calls though nobody asks for this bean
	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean
	LiveRules governanceLiveRules(RuleTypes types, PolicyEngine engine, ConfigurableEnvironment environment,
			TimeSource time, ObjectProvider<RemoteSources> remote, BeanFactory beans) {
		RuleBinder binder = new RuleBinder(types, new BeansOfContext(beans));
		LiveRules rules = new LiveRules(binder, engine, environment, time);
		rules.start(RemoteSources.of(remote.orderedStream().toList()));
		return rules;
	}

	@Bean
	@ConditionalOnMissingBean
	RemoteSources governanceRemoteSources() {
		// the name that Spring Cloud Config's client gives its sources
		return (source) -> source.getName().startsWith("configserver:");
	}

	/**
	 * How busy the CPU is, where the Java runtime tells: in a container by its quota.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(OperatingSystemMXBean.class)
	static class CpuConfiguration {

		// measures though nobody may ask for this bean but the engine
		@Bean
		@Lazy(false)
		@ConditionalOnMissingBean(CpuLoad.class)
		SampledCpuLoad governanceCpuLoad(ObjectProvider<PolicyEngine> engine, TimeSource time) {
			OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
			return new SampledCpuLoad(new AvailableCpus(system, time), engine::getObject);
		}

	}

	/**
	 * What outbound calls say about themselves.
	 */
	@Configuration(proxyBeanMethods = false)
	static class CallConfiguration {

		@Bean
		@ConditionalOnMissingBean
		LabelSource governanceLabelSource() {
			return LabelSource.NONE;
		}

		@Bean
		@ConditionalOnMissingBean
		CallOrigin governanceCallOrigin(Environment environment, LabelSource labels) {
			return new CallOrigin(environment.getProperty(SERVICE_NAME, "application"), labels);
		}

	}

}
