// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import brave.sampler.Sampler;
import io.governance.actuate.EnforcementPoint;
import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.policy.Segment;
import io.governance.tracing.sampling.RuleSampler;
import io.governance.tracing.sampling.SamplingCustomizer;
import io.governance.tracing.sampling.SamplingFeedback;
import io.micrometer.tracing.Tracer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.ServerRequestObservationContext;

import static org.assertj.core.api.Assertions.assertThat;

class GovernanceTracingSamplingAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GovernanceTracingSamplingAutoConfiguration.class,
				BraveAutoConfiguration.class, MicrometerTracingAutoConfiguration.class));

	private static boolean sampled(Tracer tracer) {
		return Boolean.TRUE.equals(tracer.nextSpan().context().sampled());
	}

	@Test
	void suppliesASamplerThatAsksRules() {
		this.contextRunner.withConfiguration(AutoConfigurations.of(GovernanceAutoConfiguration.class))
			.withPropertyValues("governance.rules.sampling.default.ratio=1",
					"management.tracing.sampling.probability=0")
			.run((context) -> {
				assertThat(context).hasSingleBean(RuleSampler.class)
					.hasSingleBean(SamplingCustomizer.class)
					.hasSingleBean(SamplingFeedback.class);
				assertThat(context.getBean(EnforcementPoint.class).segment()).isEqualTo(Segment.HEAD);
				assertThat(context.getBean(Sampler.class)).isInstanceOf(RuleSampler.class);
				assertThat(sampled(context.getBean(Tracer.class))).isTrue();
			});
	}

	@ParameterizedTest
	@CsvSource({ "0, false", "1, true" })
	void withoutAnEngineSpringBootsRatioHolds(String probability, boolean expected) {
		this.contextRunner.withPropertyValues("management.tracing.sampling.probability=" + probability)
			.run((context) -> assertThat(sampled(context.getBean(Tracer.class))).isEqualTo(expected));
	}

	@Test
	void aSmallShareStartsAndOneOutOfBoundsNamesItsProperty() {
		this.contextRunner.withPropertyValues("management.tracing.sampling.probability=0.001")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(RuleSampler.class));
		for (String bad : new String[] { "1.1", "-0.1", "NaN" }) {
			this.contextRunner.withPropertyValues("management.tracing.sampling.probability=" + bad)
				.run((context) -> assertThat(context).getFailure()
					.rootCause()
					.isInstanceOf(InvalidConfigurationPropertyValueException.class)
					.hasMessageContaining("management.tracing.sampling.probability")
					.hasMessageContaining("Expected: 0 to 1."));
		}
	}

	@Test
	void backsOffAsAWholeForTheApplicationsOwnSampler() {
		this.contextRunner.withUserConfiguration(OwnSampler.class)
			.run((context) -> assertThat(context).hasSingleBean(Sampler.class)
				.doesNotHaveBean(RuleSampler.class)
				.doesNotHaveBean(SamplingCustomizer.class)
				.doesNotHaveBean(EnforcementPoint.class));
	}

	@Test
	void isSwitchedOff() {
		this.contextRunner.withPropertyValues("governance.tracing.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(Sampler.class).doesNotHaveBean(RuleSampler.class));
	}

	@Test
	void backsOffWithoutBraveAndWithoutSpringWeb() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(brave.Tracer.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RuleSampler.class));
		this.contextRunner.withClassLoader(new FilteredClassLoader(ServerRequestObservationContext.class))
			.run((context) -> assertThat(context).hasSingleBean(RuleSampler.class)
				.doesNotHaveBean(SamplingFeedback.class));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnSampler {

		@Bean
		Sampler sampler() {
			return Sampler.NEVER_SAMPLE;
		}

	}

}
