// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import brave.handler.SpanHandler;
import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.context.LabelSource;
import io.governance.tracing.baggage.BaggageLabelSource;
import io.governance.tracing.client.ObservedRestClients;
import io.governance.tracing.client.ObservedWebClients;
import io.governance.tracing.web.TraceIdServletFilter;
import io.governance.tracing.web.TraceIdWebFilter;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.BaggageInScope;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class GovernanceTracingAutoConfigurationTests {

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(GovernanceAutoConfiguration.class,
			ObservationAutoConfiguration.class, GovernanceBaggageAutoConfiguration.class, BraveAutoConfiguration.class,
			MicrometerTracingAutoConfiguration.class, GovernanceTracingAutoConfiguration.class,
			GovernanceTracingServletAutoConfiguration.class, GovernanceTracingWebFluxAutoConfiguration.class);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(CONFIGURATIONS);

	private final WebApplicationContextRunner servletRunner = new WebApplicationContextRunner()
		.withConfiguration(CONFIGURATIONS);

	private final ReactiveWebApplicationContextRunner webFluxRunner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(CONFIGURATIONS);

	@Test
	void labelsAreTheBaggageOfTheCurrentSpan() {
		this.contextRunner.run((context) -> {
			LabelSource labels = context.getBean(LabelSource.class);
			Tracer tracer = context.getBean(Tracer.class);
			assertThat(labels.label("lane")).isNull();
			Span span = tracer.nextSpan().start();
			try (Tracer.SpanInScope inScope = tracer.withSpan(span);
					BaggageInScope lane = tracer.createBaggageInScope("lane", "blue")) {
				assertThat(labels.label("lane")).isEqualTo("blue");
				assertThat(labels.label("other")).isNull();
			}
			span.end();
		});
	}

	@Test
	void backsOffForAnApplicationsOwnLabels() {
		this.contextRunner.withBean(LabelSource.class, () -> (key) -> "mine")
			.run((context) -> assertThat(context).hasSingleBean(LabelSource.class)
				.doesNotHaveBean(BaggageLabelSource.class));
	}

	@Test
	void observesClientsThatAreMadeByHand() {
		this.contextRunner.withUserConfiguration(HandMadeClients.class).run((context) -> {
			ObservationRegistry registry = context.getBean(ObservationRegistry.class);
			assertThat(context.getBean(RestTemplate.class).getObservationRegistry()).isSameAs(registry);
			assertThat(context.getBean(RestClient.Builder.class)).hasFieldOrPropertyWithValue("observationRegistry",
					registry);
			assertThat(context.getBean(WebClient.Builder.class)).hasFieldOrPropertyWithValue("observationRegistry",
					registry);
		});
	}

	@Test
	void leavesClientsAloneWhenToldSo() {
		this.contextRunner.withUserConfiguration(HandMadeClients.class)
			.withPropertyValues("governance.tracing.instrument-clients=false")
			.run((context) -> {
				assertThat(context).doesNotHaveBean(ObservedRestClients.class)
					.doesNotHaveBean(ObservedWebClients.class);
				assertThat(context.getBean(RestTemplate.class).getObservationRegistry().isNoop()).isTrue();
			});
	}

	@Test
	void startsWithoutWebClasses() {
		this.contextRunner
			.withClassLoader(
					new FilteredClassLoader("org.springframework.web", "jakarta.servlet", "org.springframework.http"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(LabelSource.class)
				.doesNotHaveBean(ObservedRestClients.class)
				.doesNotHaveBean(ObservedWebClients.class));
	}

	@Test
	void saysOnceWhereSpansGo(CapturedOutput output) {
		this.contextRunner
			.run((context) -> assertThat(output).containsOnlyOnce("tracing=started baggage=[lane] mdc=[] spans=none"));
		this.contextRunner.withBean(SpanHandler.class, () -> new SpanHandler() {
		}).run((context) -> assertThat(output).containsOnlyOnce("spans=exported"));
	}

	@Test
	void servletResponsesNameTheTrace() {
		this.servletRunner.run((context) -> {
			FilterRegistrationBean<?> registration = context.getBean("governanceTraceIdFilter",
					FilterRegistrationBean.class);
			assertThat(registration.getFilter()).isInstanceOf(TraceIdServletFilter.class);
			assertThat(registration.getOrder()).isEqualTo(GovernanceTracingServletAutoConfiguration.FILTER_ORDER);
			assertThat(context).doesNotHaveBean(TraceIdWebFilter.class);
		});
		this.servletRunner.withBean(TraceIdServletFilter.class, () -> new TraceIdServletFilter(Tracer.NOOP, "x"))
			.run((context) -> assertThat(context).doesNotHaveBean("governanceTraceIdFilter"));
	}

	@Test
	void webFluxResponsesNameTheTrace() {
		this.webFluxRunner.run((context) -> assertThat(context).hasSingleBean(TraceIdWebFilter.class)
			.doesNotHaveBean("governanceTraceIdFilter"));
		this.webFluxRunner.withBean("mine", TraceIdWebFilter.class, () -> new TraceIdWebFilter("x", 0))
			.run((context) -> assertThat(context).hasSingleBean(TraceIdWebFilter.class).hasBean("mine"));
	}

	@Test
	void responsesDoNotNameTheTraceWhenToldSo() {
		String off = "governance.tracing.response-header.enabled=false";
		this.servletRunner.withPropertyValues(off)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("governanceTraceIdFilter"));
		this.webFluxRunner.withPropertyValues(off)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TraceIdWebFilter.class));
	}

	@Test
	void nothingIsThereWhenTheStarterIsSwitchedOff() {
		String off = "governance.tracing.enabled=false";
		this.servletRunner.withPropertyValues(off)
			.run((context) -> assertThat(context).hasSingleBean(Tracer.class)
				.doesNotHaveBean(BaggageLabelSource.class)
				.doesNotHaveBean(TracingStartReport.class)
				.doesNotHaveBean("governanceTraceIdFilter"));
		this.webFluxRunner.withPropertyValues(off)
			.run((context) -> assertThat(context).doesNotHaveBean(TraceIdWebFilter.class));
	}

	@Test
	void nothingIsThereWithoutATracer() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(GovernanceTracingAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(BaggageLabelSource.class));
	}

	@Configuration(proxyBeanMethods = false)
	static class HandMadeClients {

		@Bean
		RestClient.Builder restClientBuilder() {
			return RestClient.builder();
		}

		@Bean
		WebClient.Builder webClientBuilder() {
			return WebClient.builder();
		}

		@Bean
		RestTemplate restTemplate() {
			return new RestTemplate();
		}

	}

}
