// SPDX-License-Identifier: Apache-2.0

package io.governance.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.OrderUtils;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class InvalidSettingFailureAnalyzerTests {

	private final MockEnvironment environment = new MockEnvironment();

	private @Nullable FailureAnalysis analyze(String property, Object value) {
		ConfigurationPropertySources.attach(this.environment);
		RuntimeException failure = new IllegalStateException(
				new InvalidConfigurationPropertyValueException(property, value, "Expected: 1 or more."));
		return new InvalidSettingFailureAnalyzer(this.environment).analyze(failure);
	}

	private String description(String property, Object value) {
		FailureAnalysis analysis = analyze(property, value);
		assertThat(analysis).isNotNull();
		return analysis.getDescription();
	}

	@Test
	void namesThePropertyItsOriginAndWhatWasExpected() {
		this.environment.setProperty("governance.resilience.cluster-limits.instances", "0");
		assertThat(description("governance.resilience.cluster-limits.instances", 0))
			.contains("Property: governance.resilience.cluster-limits.instances", "Value:    0", "Expected: 1 or more.")
			.contains("Origin:   \"governance.resilience.cluster-limits.instances\" from property source");
	}

	@Test
	void findsTheOriginOfAList() {
		this.environment.setProperty("governance.resilience.outbound.hosts[0]", "a:1");
		assertThat(description("governance.resilience.outbound.hosts", "a:1"))
			.contains("Origin:   \"governance.resilience.outbound.hosts[0]\" from property source");
	}

	@Test
	void aValueThatNobodyWroteIsTheDefault() {
		assertThat(description("governance.discovery.view.Some_Thing", 0)).contains("Origin:   the default");
	}

	@Test
	void settingsOfOthersAreLeftToOthers() {
		assertThat(analyze("server.port", -1)).isNull();
	}

	@Test
	void comesBeforeSpringBootsOwn() {
		assertThat(SpringFactoriesLoader.loadFactoryNames(FailureAnalyzer.class, getClass().getClassLoader()))
			.contains(InvalidSettingFailureAnalyzer.class.getName());
		assertThat(OrderUtils.getOrder(InvalidSettingFailureAnalyzer.class)).isEqualTo(Ordered.HIGHEST_PRECEDENCE);
	}

}
