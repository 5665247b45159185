// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import java.util.List;
import java.util.Set;

import brave.baggage.BaggageField;
import brave.baggage.BaggagePropagation;
import brave.baggage.BaggagePropagationConfig;
import brave.baggage.BaggagePropagationConfig.SingleBaggageField;
import brave.baggage.BaggagePropagationCustomizer;
import brave.baggage.CorrelationScopeConfig.SingleCorrelationField;
import brave.baggage.CorrelationScopeCustomizer;
import brave.propagation.Propagation;
import io.governance.tracing.baggage.BaggageHeaderPropagation;
import io.governance.tracing.baggage.BaggageTags;
import io.governance.tracing.propagation.ExtractionCustomizers;
import io.micrometer.tracing.brave.bridge.BraveTracer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.OnPropertyListCondition;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.tracing.autoconfigure.TracingProperties;
import org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of baggage: the configured keys become fields of Brave's
 * propagation, travel in the W3C header and, by choice, into the logging context and the
 * tags of spans. Backs off for an application's own {@link Propagation.Factory}, and
 * altogether with {@code governance.tracing.enabled=false} or
 * {@code management.tracing.baggage.enabled=false}.
 */
@AutoConfiguration(before = BraveAutoConfiguration.class, after = GovernanceTracingPropagationAutoConfiguration.class)
@ConditionalOnClass({ brave.Tracer.class, BraveTracer.class })
@ConditionalOnBooleanProperty(name = "governance.tracing.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "management.tracing.baggage.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ GovernanceTracingProperties.class, TracingProperties.class })
public final class GovernanceBaggageAutoConfiguration {

	private final TracingSettings settings;

	GovernanceBaggageAutoConfiguration(GovernanceTracingProperties properties, TracingProperties boot,
			Environment environment) {
		this.settings = new TracingSettings(properties, boot, environment);
	}

	@Bean
	BaggagePropagationCustomizer governanceBaggagePropagationCustomizer() {
		return (builder) -> this.settings.newFields()
			.forEach((key) -> builder.add(SingleBaggageField.local(BaggageField.create(key))));
	}

	@Bean
	CorrelationScopeCustomizer governanceCorrelationScopeCustomizer() {
		return (builder) -> this.settings.newMdcFields()
			.forEach((key) -> builder
				.add(SingleCorrelationField.newBuilder(BaggageField.create(key)).flushOnUpdate().build()));
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	@Conditional(OnSpanTagsCondition.class)
	@ConditionalOnMissingBean
	BaggageTags governanceBaggageTags() {
		return new BaggageTags(this.settings.spanTags());
	}

	@Bean
	@ConditionalOnBean(BaggagePropagation.FactoryBuilder.class)
	@ConditionalOnMissingBean(Propagation.Factory.class)
	BaggageHeaderPropagation governancePropagationFactory(BaggagePropagation.FactoryBuilder traces,
			ObjectProvider<ExtractionCustomizers> customizers) {
		Set<String> keys = this.settings.travellingKeys();
		readFromBaggageOnly(traces, keys);
		return new BaggageHeaderPropagation(traces.build(), keys,
				customizers.getIfAvailable(ExtractionCustomizers::none));
	}

	/**
	 * A remote field of Spring Boot's is also read from a header that is named like it,
	 * which no edge removes.
	 */
	private static void readFromBaggageOnly(BaggagePropagation.FactoryBuilder traces, Set<String> keys) {
		List<BaggagePropagationConfig> configs = List.copyOf(traces.configs());
		traces.clear();
		for (BaggagePropagationConfig config : configs) {
			boolean travels = config instanceof SingleBaggageField single && keys.contains(single.field().name());
			traces.add(travels ? SingleBaggageField.local(((SingleBaggageField) config).field()) : config);
		}
	}

	static final class OnSpanTagsCondition extends OnPropertyListCondition {

		OnSpanTagsCondition() {
			super("governance.tracing.span-tags", () -> ConditionMessage.forCondition("Span tags"));
		}

	}

}
