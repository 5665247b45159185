// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import brave.sampler.Sampler;
import io.governance.actuate.EnforcementPoint;
import io.governance.context.TrustedCallers;
import io.governance.engine.PolicyEngine;
import io.governance.policy.Segment;
import io.governance.tracing.sampling.RuleSampler;
import io.governance.tracing.sampling.SamplingCustomizer;
import io.governance.tracing.sampling.SamplingFeedback;
import io.micrometer.tracing.brave.bridge.BraveTracer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.micrometer.tracing.autoconfigure.TracingProperties;
import org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.util.function.SingletonSupplier;

/**
 * Auto-configuration of sampling by rules. Backs off as a whole for an application's own
 * {@link Sampler}. Off with {@code governance.tracing.enabled=false}.
 */
@AutoConfiguration(before = BraveAutoConfiguration.class)
@ConditionalOnClass({ brave.Tracer.class, BraveTracer.class })
@ConditionalOnMissingBean(Sampler.class)
@ConditionalOnBooleanProperty(name = "governance.tracing.enabled", matchIfMissing = true)
@EnableConfigurationProperties(TracingProperties.class)
public final class GovernanceTracingSamplingAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RuleSampler governanceSampler(ObjectProvider<PolicyEngine> engine, TracingProperties boot) {
		double probability = boot.getSampling().getProbability();
		if (!(probability >= 0 && probability <= 1)) {
			throw new InvalidConfigurationPropertyValueException("management.tracing.sampling.probability", probability,
					"Expected: 0 to 1.");
		}
		return new RuleSampler(SingletonSupplier.ofNullable(engine::getIfAvailable), probability,
				() -> ThreadLocalRandom.current().nextDouble());
	}

	@Bean
	@ConditionalOnMissingBean
	SamplingCustomizer governanceSamplingCustomizer(RuleSampler sampler, Environment environment,
			ObjectProvider<TrustedCallers> trusted) {
		return new SamplingCustomizer(sampler, environment.getProperty("spring.application.name", "application"),
				trusted.getIfAvailable(() -> new TrustedCallers(List.of())));
	}

	@Bean
	EnforcementPoint governanceSamplingPoint() {
		return new EnforcementPoint(Segment.HEAD, "tracing");
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ServerRequestObservationContext.class)
	static class FeedbackConfiguration {

		@Bean
		@ConditionalOnMissingBean
		SamplingFeedback governanceSamplingFeedback() {
			return new SamplingFeedback();
		}

	}

}
