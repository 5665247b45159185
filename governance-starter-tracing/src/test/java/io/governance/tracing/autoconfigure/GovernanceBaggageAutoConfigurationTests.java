// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import brave.propagation.B3Propagation;
import brave.propagation.Propagation;
import io.governance.tracing.baggage.BaggageHeaderPropagation;
import io.governance.tracing.baggage.BaggageTags;
import io.micrometer.tracing.BaggageInScope;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.brave.bridge.BraveTracer;
import io.micrometer.tracing.exporter.FinishedSpan;
import io.micrometer.tracing.exporter.SpanReporter;
import io.micrometer.tracing.propagation.Propagator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class GovernanceBaggageAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GovernanceTracingPropagationAutoConfiguration.class,
				GovernanceBaggageAutoConfiguration.class, BraveAutoConfiguration.class,
				GovernanceTracingPropagatorAutoConfiguration.class, MicrometerTracingAutoConfiguration.class));

	@Test
	void laneTravelsByDefaultAndNothingElse() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(Propagation.Factory.class).hasSingleBean(BaggageHeaderPropagation.class);
			Map<String, String> sent = passOn(context.getBean(Tracer.class), context.getBean(Propagator.class),
					Map.of("baggage", "lane=blue,user=42", "user", "42"));
			assertThat(sent).containsEntry("baggage", "lane=blue").containsKey("traceparent");
			assertThat(sent.keySet()).doesNotContain("lane", "user", "b3");
		});
	}

	@Test
	void configuredKeysReplaceTheDefault() {
		this.contextRunner.withPropertyValues("governance.tracing.baggage=x-user-group,tenant")
			.run((context) -> assertThat(passOn(context.getBean(Tracer.class), context.getBean(Propagator.class),
					Map.of("baggage", "lane=blue,tenant=t1,x-user-group=tester")))
				.containsEntry("baggage", "x-user-group=tester,tenant=t1"));
	}

	@Test
	void noKeysMeansNoBaggage() {
		this.contextRunner.withPropertyValues("governance.tracing.baggage=")
			.run((context) -> assertThat(passOn(context.getBean(Tracer.class), context.getBean(Propagator.class),
					Map.of("baggage", "lane=blue")))
				.doesNotContainKey("baggage"));
	}

	@Test
	void springBootsOwnRemoteFieldsTravelToo() {
		this.contextRunner
			.withPropertyValues("management.tracing.baggage.remote-fields=lane,tenant",
					"management.tracing.baggage.correlation.fields=lane", "governance.tracing.mdc=lane")
			.run((context) -> assertThat(passOn(context.getBean(Tracer.class), context.getBean(Propagator.class),
					Map.of("baggage", "tenant=t1,lane=a%20b,user=42")))
				.containsEntry("baggage", "lane=a%20b,tenant=t1"));
	}

	@Test
	void aHeaderNamedLikeARemoteFieldIsNeitherReadNorWritten() {
		this.contextRunner.withPropertyValues("management.tracing.baggage.remote-fields=tenant").run((context) -> {
			Tracer tracer = context.getBean(Tracer.class);
			Propagator propagator = context.getBean(Propagator.class);
			assertThat(passOn(tracer, propagator, Map.of("tenant", "forged"))).containsOnlyKeys("traceparent");
			assertThat(passOn(tracer, propagator, Map.of("tenant", "forged", "baggage", "tenant=t1")))
				.containsEntry("baggage", "tenant=t1")
				.containsOnlyKeys("traceparent", "baggage");
			assertThat(propagator.fields()).doesNotContain("tenant");
		});
	}

	@Test
	void chosenKeysAreInTheLoggingContext() {
		this.contextRunner.withPropertyValues("governance.tracing.baggage=lane,tenant", "governance.tracing.mdc=lane")
			.run((context) -> {
				Tracer tracer = context.getBean(Tracer.class);
				Span span = tracer.nextSpan().start();
				try (Tracer.SpanInScope inScope = tracer.withSpan(span);
						BaggageInScope lane = tracer.createBaggageInScope("lane", "blue");
						BaggageInScope tenant = tracer.createBaggageInScope("tenant", "t1")) {
					assertThat(MDC.get("traceId")).isEqualTo(span.context().traceId());
					assertThat(MDC.get("lane")).isEqualTo("blue");
					assertThat(MDC.get("tenant")).isNull();
				}
				span.end();
				assertThat(MDC.get("lane")).isNull();
			});
	}

	@Test
	void chosenKeysAreTagsOfSpansAlsoForThoseWhoReadSpansFirst() {
		this.contextRunner.withUserConfiguration(Reporting.class)
			.withPropertyValues("governance.tracing.baggage=lane,tenant", "governance.tracing.span-tags=lane",
					"management.tracing.sampling.probability=1")
			.run((context) -> {
				passOn(context.getBean(Tracer.class), context.getBean(Propagator.class),
						Map.of("baggage", "lane=blue,tenant=t1"));
				passOn(context.getBean(Tracer.class), context.getBean(Propagator.class),
						Map.of("baggage", "tenant=t1"));
				assertThat(context.getBean(Reporting.class).spans).extracting((span) -> Map.copyOf(span.getTags()))
					.containsExactly(Map.of("lane", "blue"), Map.of("lane", "blue"), Map.of(), Map.of());
			});
	}

	@Test
	void spansHaveNoTagsOfLabelsUnlessChosen() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(BaggageTags.class));
		this.contextRunner.withPropertyValues("governance.tracing.span-tags[0]=lane")
			.run((context) -> assertThat(context).hasSingleBean(BaggageTags.class));
	}

	@Test
	void unsampledTracesAreInTheLoggingContextToo() {
		this.contextRunner.withPropertyValues("management.tracing.sampling.probability=0").run((context) -> {
			Tracer tracer = context.getBean(Tracer.class);
			Span span = tracer.nextSpan().start();
			try (Tracer.SpanInScope inScope = tracer.withSpan(span)) {
				assertThat(span.context().sampled()).isFalse();
				assertThat(MDC.get("traceId")).hasSize(32).isEqualTo(span.context().traceId());
				assertThat(MDC.get("spanId")).hasSize(16);
			}
			span.end();
		});
	}

	@Test
	void readsB3AndWritesWhatSpringBootIsTold() {
		Map<String, String> b3 = Map.of("b3", "80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1");
		this.contextRunner.run((context) -> assertThat(
				passOn(context.getBean(Tracer.class), context.getBean(Propagator.class), b3).get("traceparent"))
			.startsWith("00-80f198ee56343ba864fe8b2a57d3eff7-"));
		this.contextRunner.withPropertyValues("management.tracing.propagation.produce=b3")
			.run((context) -> assertThat(passOn(context.getBean(Tracer.class), context.getBean(Propagator.class), b3))
				.containsKey("b3")
				.doesNotContainKey("traceparent"));
	}

	@Test
	void backsOffForAnApplicationsOwnPropagation() {
		this.contextRunner.withUserConfiguration(OwnPropagation.class)
			.run((context) -> assertThat(context).hasSingleBean(Propagation.Factory.class)
				.doesNotHaveBean(BaggageHeaderPropagation.class));
	}

	@Test
	void isOffWhenTheStarterOrBaggageIsSwitchedOff() {
		this.contextRunner.withPropertyValues("governance.tracing.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(Tracer.class)
				.doesNotHaveBean(BaggageHeaderPropagation.class));
		this.contextRunner.withPropertyValues("management.tracing.baggage.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(Tracer.class)
				.doesNotHaveBean(BaggageHeaderPropagation.class));
	}

	@Test
	void isOffWithoutTheBraveBridge() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(BraveTracer.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(BaggageHeaderPropagation.class));
	}

	@Test
	void startsWhereSpringBootsBraveIsExcluded() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(GovernanceBaggageAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void refusesAKeyThatIsNoToken() {
		this.contextRunner.withPropertyValues("governance.tracing.baggage=lane,user group")
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(InvalidConfigurationPropertyValueException.class)
				.rootCause()
				.hasMessageContaining("governance.tracing.baggage")
				.hasMessageContaining("user group")
				.hasMessageContaining("Expected: a header token"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "mdc", "span-tags" })
	void refusesAKeyThatDoesNotTravel(String use) {
		this.contextRunner.withPropertyValues("governance.tracing." + use + "[0]=tenant")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("governance.tracing." + use + "[0]")
				.hasMessageContaining("one of the keys of governance.tracing.baggage"));
	}

	private static Map<String, String> passOn(Tracer tracer, Propagator propagator, Map<String, String> received) {
		Span server = propagator.extract(received, Map::get).start();
		Map<String, String> sent = new HashMap<>();
		try (Tracer.SpanInScope inScope = tracer.withSpan(server)) {
			Span client = tracer.nextSpan().start();
			propagator.inject(client.context(), sent, Map::put);
			client.end();
		}
		server.end();
		return sent;
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnPropagation {

		@Bean
		Propagation.Factory ownPropagation() {
			return B3Propagation.FACTORY;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Reporting {

		private final List<FinishedSpan> spans = new ArrayList<>();

		@Bean
		SpanReporter reporter() {
			return this.spans::add;
		}

	}

}
