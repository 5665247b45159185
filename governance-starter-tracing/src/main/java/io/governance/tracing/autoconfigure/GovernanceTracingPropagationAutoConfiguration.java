// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import java.util.List;

import brave.baggage.BaggagePropagation;
import brave.baggage.BaggagePropagationCustomizer;
import brave.propagation.Propagation;
import io.governance.tracing.propagation.ExtractionCustomizer;
import io.governance.tracing.propagation.ExtractionCustomizers;
import io.governance.tracing.propagation.TraceFormat;
import io.governance.tracing.propagation.TraceHeaderPropagation;
import io.micrometer.tracing.brave.bridge.BraveTracer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.micrometer.tracing.autoconfigure.TracingProperties;
import org.springframework.boot.micrometer.tracing.autoconfigure.TracingProperties.Propagation.PropagationType;
import org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;

/**
 * Auto-configuration of the trace formats: our strict codecs in place of the bridge's,
 * chosen by Spring Boot's {@code management.tracing.propagation}. Backs off for an
 * application's own {@link BaggagePropagation.FactoryBuilder} or
 * {@link Propagation.Factory}. Off with {@code governance.tracing.enabled=false}.
 */
@AutoConfiguration(before = BraveAutoConfiguration.class)
@ConditionalOnClass({ brave.Tracer.class, BraveTracer.class })
@ConditionalOnBooleanProperty(name = "governance.tracing.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ TracingPropagationProperties.class, TracingProperties.class })
public final class GovernanceTracingPropagationAutoConfiguration {

	private final TracingPropagationProperties properties;

	private final TracingProperties boot;

	GovernanceTracingPropagationAutoConfiguration(TracingPropagationProperties properties, TracingProperties boot) {
		this.properties = properties;
		this.boot = boot;
		if (properties.maxTracestateLength() < TraceHeaderPropagation.MIN_TRACE_STATE_LENGTH) {
			throw new InvalidConfigurationPropertyValueException("governance.tracing.propagation.max-tracestate-length",
					properties.maxTracestateLength(),
					"Expected: at least " + TraceHeaderPropagation.MIN_TRACE_STATE_LENGTH + ".");
		}
	}

	@Bean
	@ConditionalOnMissingBean
	ExtractionCustomizers governanceExtractionCustomizers(ObjectProvider<ExtractionCustomizer> customizers) {
		SingletonSupplier<List<ExtractionCustomizer>> all = SingletonSupplier
			.of(() -> customizers.orderedStream().toList());
		return new ExtractionCustomizers(all::obtain);
	}

	private TraceHeaderPropagation traces(ExtractionCustomizers customizers) {
		TracingProperties.Propagation formats = this.boot.getPropagation();
		List<PropagationType> both = formats.getType();
		return new TraceHeaderPropagation(formats((both != null) ? both : formats.getProduce()),
				formats((both != null) ? both : formats.getConsume()), this.properties.maxTracestateLength(),
				customizers);
	}

	private static List<TraceFormat> formats(List<PropagationType> types) {
		return types.stream().map((type) -> TraceFormat.valueOf(type.name())).toList();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty(name = "management.tracing.baggage.enabled", matchIfMissing = true)
	static class WithBaggageConfiguration {

		@Bean
		@ConditionalOnMissingBean
		BaggagePropagation.FactoryBuilder governancePropagationFactoryBuilder(
				GovernanceTracingPropagationAutoConfiguration configuration,
				ObjectProvider<BaggagePropagationCustomizer> customizers) {
			BaggagePropagation.FactoryBuilder builder = BaggagePropagation
				.newFactoryBuilder(configuration.traces(ExtractionCustomizers.none()));
			customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
			return builder;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty(name = "management.tracing.baggage.enabled", havingValue = false)
	static class WithoutBaggageConfiguration {

		@Bean
		@ConditionalOnMissingBean(Propagation.Factory.class)
		TraceHeaderPropagation governancePropagationFactory(GovernanceTracingPropagationAutoConfiguration configuration,
				ExtractionCustomizers customizers) {
			return configuration.traces(customizers);
		}

	}

}
