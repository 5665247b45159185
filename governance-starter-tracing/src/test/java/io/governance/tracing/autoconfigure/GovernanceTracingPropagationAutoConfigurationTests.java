// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import brave.Tracing;
import brave.baggage.BaggagePropagation;
import brave.propagation.B3Propagation;
import brave.propagation.Propagation;
import io.governance.tracing.propagation.ExtractionCustomizer;
import io.governance.tracing.propagation.MultiValuePropagator;
import io.governance.tracing.propagation.TraceHeaderPropagation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.brave.bridge.BraveTracer;
import io.micrometer.tracing.propagation.Propagator;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

class GovernanceTracingPropagationAutoConfigurationTests {

	private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

	private static final Map<String, String> W3C = Map.of("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01",
			"tracestate", "foo=1");

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GovernanceTracingPropagationAutoConfiguration.class,
				GovernanceBaggageAutoConfiguration.class, BraveAutoConfiguration.class,
				GovernanceTracingPropagatorAutoConfiguration.class, MicrometerTracingAutoConfiguration.class));

	@Test
	void traceAndStateArePassedOn() {
		this.contextRunner.run((context) -> {
			assertThat(context.getBean(Propagator.class)).isInstanceOf(MultiValuePropagator.class);
			Map<String, String> sent = passOn(context.getBean(Tracer.class), context.getBean(Propagator.class), W3C);
			assertThat(sent).containsOnlyKeys("traceparent", "tracestate").containsEntry("tracestate", "foo=1");
			assertThat(sent.get("traceparent")).startsWith("00-" + TRACE);
		});
	}

	@Test
	void worksTheSameWithoutBaggage() {
		this.contextRunner.withPropertyValues("management.tracing.baggage.enabled=false").run((context) -> {
			assertThat(context).hasSingleBean(TraceHeaderPropagation.class)
				.doesNotHaveBean(BaggagePropagation.FactoryBuilder.class);
			assertThat(passOn(context.getBean(Tracer.class), context.getBean(Propagator.class), W3C))
				.containsEntry("tracestate", "foo=1");
		});
	}

	@Test
	void producesWhatSpringBootIsTold() {
		this.contextRunner.withPropertyValues("management.tracing.propagation.produce=b3,b3-multi,w3c")
			.run((context) -> assertThat(passOn(context.getBean(Tracer.class), context.getBean(Propagator.class), W3C))
				.containsKeys("b3", "X-B3-TraceId", "traceparent", "tracestate"));
		this.contextRunner.withPropertyValues("management.tracing.propagation.type=b3")
			.run((context) -> assertThat(passOn(context.getBean(Tracer.class), context.getBean(Propagator.class), W3C))
				.containsOnlyKeys("b3")
				.doesNotContainValue(TRACE));
	}

	@Test
	void consumesWhatSpringBootIsTold() {
		this.contextRunner.withPropertyValues("management.tracing.propagation.consume=b3")
			.run((context) -> assertThat(
					passOn(context.getBean(Tracer.class), context.getBean(Propagator.class), W3C).get("traceparent"))
				.doesNotContain(TRACE));
	}

	@Test
	void customizersHaveTheirSayInTheirOrderWithAndWithoutBaggage() {
		for (String baggage : List.of("true", "false")) {
			this.contextRunner.withUserConfiguration(Customizers.class)
				.withPropertyValues("management.tracing.baggage.enabled=" + baggage)
				.run((context) -> assertThat(
						passOn(context.getBean(Tracer.class), context.getBean(Propagator.class), W3C)
							.get("traceparent"))
					.startsWith("00-" + TRACE)
					.endsWith("-00"));
		}
	}

	@Test
	void backsOffForAnApplicationsOwnBeans() {
		this.contextRunner.withUserConfiguration(OwnFactory.class).run((context) -> {
			assertThat(context).hasSingleBean(Propagation.Factory.class).hasSingleBean(MultiValuePropagator.class);
			assertThat(passOn(context.getBean(Tracer.class), context.getBean(Propagator.class),
					Map.of("b3", TRACE + "-b7ad6b7169203331-1"))
				.get("X-B3-TraceId")).isEqualTo(TRACE);
		});
		this.contextRunner.withUserConfiguration(OwnPropagator.class)
			.run((context) -> assertThat(context).hasSingleBean(Propagator.class)
				.doesNotHaveBean(MultiValuePropagator.class));
	}

	@Test
	void isOffWhenTheStarterIsSwitchedOff() {
		this.contextRunner.withPropertyValues("governance.tracing.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(Tracing.class)
				.doesNotHaveBean(MultiValuePropagator.class)
				.doesNotHaveBean(TraceHeaderPropagation.class));
	}

	@Test
	void isOffWithoutTheBraveBridge() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(BraveTracer.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MultiValuePropagator.class));
	}

	@Test
	void startsWhereSpringBootsBraveIsExcluded() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(GovernanceTracingPropagationAutoConfiguration.class,
					GovernanceBaggageAutoConfiguration.class, GovernanceTracingPropagatorAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Propagator.class));
	}

	@Test
	void refusesToPassOnLessStateThanTheSpecificationAsksFor() {
		this.contextRunner.withPropertyValues("governance.tracing.propagation.max-tracestate-length=511")
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(InvalidConfigurationPropertyValueException.class)
				.rootCause()
				.hasMessageContaining("governance.tracing.propagation.max-tracestate-length")
				.hasMessageContaining("Expected: at least 512"));
	}

	private static Map<String, String> passOn(Tracer tracer, Propagator propagator, Map<String, String> received) {
		Span server = propagator.extract(received, Map::get).start();
		Map<String, String> sent = new HashMap<>();
		Span client = tracer.nextSpan(server).start();
		propagator.inject(client.context(), sent, Map::put);
		client.end();
		server.end();
		return sent;
	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		@Bean
		@Order(2)
		ExtractionCustomizer last(Tracer anything) {
			return (extracted, request) -> extracted.sampled(false);
		}

		@Bean
		@Order(1)
		ExtractionCustomizer first() {
			return (extracted, request) -> extracted.sampled(true);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnFactory {

		@Bean
		Propagation.Factory ownPropagation() {
			return B3Propagation.FACTORY;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnPropagator {

		@Bean
		Propagator ownPropagator() {
			return Propagator.NOOP;
		}

	}

}
