// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import java.util.List;

import io.governance.metrics.GovernanceMeter;
import io.governance.tracing.metrics.CardinalityFilter;
import io.governance.tracing.metrics.CardinalityLimits;
import io.governance.tracing.metrics.ProcessorSeconds;
import io.governance.tracing.metrics.StrictNamesFilter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.system.SystemMetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class BoundedRegistriesTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(GovernanceTracingMetricsAutoConfiguration.class, MetricsAutoConfiguration.class,
						CompositeMeterRegistryAutoConfiguration.class, SystemMetricsAutoConfiguration.class))
		.withPropertyValues("management.metrics.use-global-registry=false", "management.metrics.tags.app=till",
				"governance.tracing.metrics.max-tag-values=10")
		.withBean("first", MeterRegistry.class, SimpleMeterRegistry::new);

	@Test
	void boundsOneRegistry() {
		this.contextRunner.run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			count(registry, 109);
			assertThat(registry.find("http.client.requests").counters()).hasSize(10);
			assertThat(overflows(registry)).isEqualTo(100);
		});
	}

	@Test
	void boundsTheCompositeOfTwoRegistriesAndCountsOverflowOnce() {
		this.contextRunner.withBean("second", MeterRegistry.class, SimpleMeterRegistry::new).run((context) -> {
			MeterRegistry composite = context.getBean(MeterRegistry.class);
			assertThat(composite).isInstanceOf(CompositeMeterRegistry.class);
			count(composite, 109);
			assertThat(context.getBeansOfType(MeterRegistry.class).values()).hasSize(3).allSatisfy((each) -> {
				assertThat(each.find("http.client.requests").counters()).hasSize(10);
				assertThat(overflows(each)).isEqualTo(100);
			});
		});
	}

	@Test
	void showsTheProcessorTimeInSecondsInAllRegistries() {
		this.contextRunner.withBean("second", MeterRegistry.class, SimpleMeterRegistry::new).run((context) -> {
			assertThat(context).hasSingleBean(ProcessorSeconds.class);
			assertThat(context.getBeansOfType(MeterRegistry.class).values()).hasSize(3)
				.allSatisfy((each) -> assertThat(unitOfProcessorTime(each)).isEqualTo("seconds"));
		});
	}

	@Test
	void leavesTheApplicationsOwnProcessorMetricsAlone() {
		this.contextRunner.withBean(ProcessorMetrics.class, () -> new ProcessorMetrics()).run((context) -> {
			assertThat(context).doesNotHaveBean(ProcessorSeconds.class);
			assertThat(unitOfProcessorTime(context.getBean(MeterRegistry.class))).isEqualTo("ns");
		});
	}

	@Test
	void backsOffForTheApplicationsOwnFilter() {
		CardinalityFilter own = new CardinalityFilter(new CardinalityLimits(2, 2, List.of("orders")));
		this.contextRunner.withBean("own", CardinalityFilter.class, () -> own)
			.withBean("second", MeterRegistry.class, SimpleMeterRegistry::new)
			.run((context) -> {
				assertThat(context).getBeanNames(CardinalityFilter.class).containsExactly("own");
				MeterRegistry composite = context.getBean(MeterRegistry.class);
				for (int i = 0; i < 10; i++) {
					composite.counter("orders", "customer", "c" + i);
				}
				assertThat(composite.find("orders").counters()).hasSize(2);
			});
	}

	@Test
	void leavesNamesAloneWhereAPropertySaysSo() {
		this.contextRunner.withPropertyValues("governance.tracing.metrics.strict-names=false").run((context) -> {
			assertThat(context).doesNotHaveBean(StrictNamesFilter.class).doesNotHaveBean(ProcessorSeconds.class);
			assertThat(unitOfProcessorTime(context.getBean(MeterRegistry.class))).isEqualTo("ns");
		});
	}

	@Test
	void isOffWithTracing() {
		this.contextRunner.withPropertyValues("governance.tracing.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(CardinalityFilter.class)
				.doesNotHaveBean("governanceCompositeBounds"));
	}

	@Test
	void aLimitThatMakesNoSenseStopsTheStart() {
		this.contextRunner.withPropertyValues("governance.tracing.metrics.max-series=1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("governance.tracing.metrics.max-series"));
	}

	private static void count(MeterRegistry registry, int calls) {
		for (int i = 0; i < calls; i++) {
			registry.counter("http.client.requests", "uri", "/" + i).increment();
		}
	}

	private static double overflows(MeterRegistry registry) {
		return registry.get(GovernanceMeter.METRICS_OVERFLOW.meterName())
			.tag("meter", "http.client.requests")
			.functionCounter()
			.count();
	}

	private static String unitOfProcessorTime(MeterRegistry registry) {
		return String.valueOf(registry.get("process.cpu.time").functionCounter().getId().getBaseUnit());
	}

}
