// SPDX-License-Identifier: Apache-2.0

package io.governance.autoconfigure;

import java.util.Map;
import java.util.Set;

import io.governance.binding.InvalidRulesException;
import io.governance.binding.LiveRules;
import io.governance.binding.RemoteSources;
import io.governance.engine.EffectiveRule;
import io.governance.engine.PolicyEngine;
import io.governance.time.TimeSource;
import org.junit.jupiter.api.Test;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

class GovernanceAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withPropertyValues("spring.application.name=orders")
		.withConfiguration(
				AutoConfigurations.of(GovernanceAutoConfiguration.class, GovernanceRefreshAutoConfiguration.class));

	@Test
	void suppliesAnEngineWithTheBuiltInRules() {
		this.contextRunner.run((context) -> assertThat(context.getBean(PolicyEngine.class).effectiveRules())
			.extracting(EffectiveRule::type, EffectiveRule::id, EffectiveRule::origin)
			.containsExactly(tuple("sampling", "default", "built-in"), tuple("load-shedding", "default", "built-in"),
					tuple("timeout", "default", "built-in"), tuple("retry", "default", "built-in"),
					tuple("load-balancing", "default", "built-in"), tuple("outlier-detection", "default", "built-in")));
	}

	@Test
	void backsOffOnTheUsersBeans() {
		this.contextRunner.withUserConfiguration(OwnTimeSource.class)
			.run((context) -> assertThat(context).hasSingleBean(TimeSource.class)
				.getBean(TimeSource.class)
				.isSameAs(OwnTimeSource.TIME));
	}

	@Test
	void inboundRulesOfOtherServicesAreNotInForce() {
		this.contextRunner
			.withPropertyValues("governance.rules.rate-limit.a.limit=1",
					"governance.rules.rate-limit.a.match.service=payments", "governance.rules.rate-limit.b.limit=1",
					"governance.rules.rate-limit.b.match.service=orders")
			.run((context) -> assertThat(context.getBean(PolicyEngine.class).effectiveRules())
				.filteredOn((rule) -> rule.type().equals("rate-limit"))
				.extracting(EffectiveRule::id)
				.containsExactly("b"));
	}

	@Test
	void aBadLocalRuleStopsTheStartWithAnAnalysis() {
		this.contextRunner.withPropertyValues("governance.rules.rate-limit.a.limit=-1").run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).hasRootCauseInstanceOf(InvalidRulesException.class);
			FailureAnalysis analysis = new InvalidRulesFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("Property: governance.rules.rate-limit.a.limit")
				.contains("-1 (expected: 1 or more)")
				.contains("Origin:   ");
		});
	}

	@Test
	void aBadRemoteRuleDoesNotStopTheStart() {
		this.contextRunner.withInitializer(GovernanceAutoConfigurationTests::addBadRemoteRule)
			.withPropertyValues("governance.rules.rate-limit.local.limit=5")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(LiveRules.class).status().isRefused()).isTrue();
				assertThat(context.getBean(LiveRules.class).status().faults()).singleElement()
					.satisfies(
							(fault) -> assertThat(fault.property()).isEqualTo("governance.rules.rate-limit.far.limit"));
				assertThat(context.getBean(PolicyEngine.class).effectiveRules())
					.filteredOn((rule) -> rule.type().equals("rate-limit"))
					.extracting(EffectiveRule::id)
					.containsExactly("local");
			});
	}

	@Test
	void followsARefreshOfTheEnvironmentAndKeepsTheLastGoodRules() {
		this.contextRunner.withPropertyValues("governance.rules.rate-limit.a.limit=1").run((context) -> {
			LiveRules rules = context.getBean(LiveRules.class);
			String before = rules.status().revision();
			change(context, "governance.rules.rate-limit.a.limit=2");
			String after = rules.status().revision();
			assertThat(after).isNotEqualTo(before);
			change(context, "governance.rules.rate-limit.a.limit=none");
			assertThat(rules.status().revision()).isEqualTo(after);
			assertThat(rules.status().isRefused()).isTrue();
			assertThat(rules.status().refusals()).isEqualTo(1);
			change(context, "governance.rules.rate-limit.a.limit=2");
			assertThat(rules.status().isRefused()).isFalse();
		});
	}

	@Test
	void rulesAreInForceThoughBeansAreLazy() {
		this.contextRunner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> assertThat(context.getBean(PolicyEngine.class).effectiveRules()).isNotEmpty());
	}

	@Test
	void aBuiltInRuleIsSwitchedOffByItsId() {
		this.contextRunner.withPropertyValues("governance.rules.timeout.default.enforcement=off",
				"governance.rules.retry.default.enforcement=off", "governance.rules.sampling.default.enforcement=off",
				"governance.rules.load-balancing.default.enforcement=off",
				"governance.rules.load-shedding.default.enforcement=off",
				"governance.rules.outlier-detection.default.enforcement=off")
			.run((context) -> assertThat(context.getBean(PolicyEngine.class).effectiveRules()).hasSize(6)
				.allSatisfy((rule) -> assertThat(rule.enforcement()).hasToString("OFF")));
	}

	@Test
	void theKillSwitchIsLive() {
		this.contextRunner.withPropertyValues("governance.rules.rate-limit.a.limit=1").run((context) -> {
			change(context, "governance.enforcement.all=shadow");
			assertThat(context.getBean(PolicyEngine.class).effectiveRules()).isNotEmpty()
				.allSatisfy((rule) -> assertThat(rule.enforcement()).hasToString("SHADOW"));
		});
	}

	private static void addBadRemoteRule(ConfigurableApplicationContext context) {
		context.getEnvironment()
			.getPropertySources()
			.addLast(new MapPropertySource("configserver:file:application.yml",
					Map.of("governance.rules.rate-limit.far.limit", "-3")));
	}

	private static void change(ConfigurableApplicationContext context, String property) {
		TestPropertyValues.of(property).applyTo(context);
		context.publishEvent(new EnvironmentChangeEvent(context, Set.of(property.split("=")[0])));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnTimeSource {

		static final TimeSource TIME = new TimeSource() {

			@Override
			public long nanoTime() {
				return 1;
			}

			@Override
			public long epochMillis() {
				return 2;
			}

		};

		@Bean
		TimeSource ownTimeSource() {
			return TIME;
		}

		@Bean
		RemoteSources ownRemoteSources() {
			return (source) -> false;
		}

	}

}
