// SPDX-License-Identifier: Apache-2.0

package io.governance.autoconfigure;

import java.util.Map;

import io.governance.answer.Answer;
import io.governance.binding.InvalidRulesException;
import io.governance.binding.LiveRules;
import io.governance.binding.RuleFault;
import io.governance.execution.FallbackAnswer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

import static org.assertj.core.api.Assertions.assertThat;

class RulesThatNameBeansTests {

	private static final String BEAN = "governance.rules.fallback.a.bean";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GovernanceAutoConfiguration.class))
		.withUserConfiguration(Beans.class);

	@Test
	void aBeanOfTheRightTypeIsTakenAndNotMadeBeforeItIsNeeded() {
		this.contextRunner.withPropertyValues(BEAN + "=lazy")
			.run((context) -> assertThat(context).hasNotFailed()
				.getBean(LiveRules.class)
				.satisfies((rules) -> assertThat(rules.status().isRefused()).isFalse()));
	}

	@Test
	void aBeanThatIsNotThereStopsTheStartWithAnAnalysis() {
		this.contextRunner.withPropertyValues(BEAN + "=away").run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).hasRootCauseInstanceOf(InvalidRulesException.class);
			FailureAnalysis analysis = new InvalidRulesFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("Property: " + BEAN)
				.contains("away (expected: the name of a bean of type " + FallbackAnswer.class.getName() + ")")
				.contains("Origin:   ");
		});
	}

	@Test
	void aBeanOfAnotherTypeStopsTheStart() {
		this.contextRunner.withPropertyValues(BEAN + "=text").run((context) -> assertThat(context).hasFailed());
	}

	@Test
	void aRuleThatIsOffMayNameWhatIsNotThere() {
		this.contextRunner.withPropertyValues(BEAN + "=away", "governance.rules.fallback.a.enforcement=OFF")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aLiveChangeToABeanThatIsNotThereIsRefused() {
		this.contextRunner.withPropertyValues(BEAN + "=stand").run((context) -> {
			LiveRules rules = context.getBean(LiveRules.class);
			String revision = rules.status().revision();
			TestPropertyValues.of(BEAN + "=away").applyTo(context);
			rules.refresh();
			assertThat(rules.status().isRefused()).isTrue();
			assertThat(rules.status().revision()).isEqualTo(revision);
			assertThat(rules.status().faults()).extracting(RuleFault::property).containsExactly(BEAN);
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class Beans {

		@Bean
		FallbackAnswer stand() {
			return (call, failure) -> new Answer(200, Map.of(), new byte[0]);
		}

		@Bean
		@Lazy
		FallbackAnswer lazy() {
			throw new IllegalStateException("not to be made yet");
		}

		@Bean
		String text() {
			return "text";
		}

	}

}
