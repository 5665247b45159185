// SPDX-License-Identifier: Apache-2.0

package io.governance.autoconfigure;

import com.sun.management.OperatingSystemMXBean;
import io.governance.actuate.GovernanceEndpoint;
import io.governance.cpu.SampledCpuLoad;
import io.governance.engine.PolicyEngine;
import io.governance.load.CpuLoad;
import io.governance.metrics.CpuMeters;
import io.governance.metrics.GovernanceMeter;
import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Segment;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class CpuLoadConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withPropertyValues("spring.application.name=orders", "management.endpoints.web.exposure.include=governance",
				"management.endpoints.jmx.exposure.include=governance")
		.withConfiguration(AutoConfigurations.of(GovernanceAutoConfiguration.class,
				GovernanceActuatorAutoConfiguration.class, GovernanceMetricsAutoConfiguration.class));

	private static double metered(ApplicationContext context) {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		context.getBean(CpuMeters.class).bindTo(registry);
		return registry.get(GovernanceMeter.CPU_LOAD.meterName()).gauge().value();
	}

	private static String state(ApplicationContext context) {
		return context.getBean(GovernanceEndpoint.class)
			.rules()
			.rules()
			.stream()
			.filter((rule) -> rule.type().equals("load-shedding"))
			.findFirst()
			.orElseThrow()
			.state();
	}

	private static Decision ask(ApplicationContext context) {
		return context.getBean(PolicyEngine.class).tryAcquire(Segment.EDGE, new NewRuleTypeTests.AnyCall());
	}

	@Test
	void measuresForTheBuiltInRule() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(SampledCpuLoad.class);
			assertThat(context.getBean(CpuLoad.class).load()).isBetween(0.0, 1.0);
			assertThat(metered(context)).isBetween(0.0, 1.0);
			assertThat(state(context)).matches("cpu=\\d+\\.\\d% limit=10\\.0 in-flight=0 average-in-flight=0\\.0");
		});
	}

	@Test
	void measuresNothingWhenNoRuleAsks() {
		this.contextRunner.withPropertyValues("governance.defaults.enabled=false").run((context) -> {
			assertThat(context.getBean(CpuLoad.class).load()).isNaN();
			assertThat(metered(context)).isNaN();
		});
	}

	@Test
	void backsOffOnTheUsersSource() {
		CpuLoad own = () -> 0.25;
		this.contextRunner.withBean(CpuLoad.class, () -> own).run((context) -> {
			assertThat(context).hasSingleBean(CpuLoad.class).doesNotHaveBean(SampledCpuLoad.class);
			assertThat(metered(context)).isEqualTo(0.25);
			assertThat(state(context)).startsWith("cpu=25.0% ");
		});
	}

	@Test
	void theUsersSourceDecides() {
		double[] load = { 0.5 };
		this.contextRunner.withBean(CpuLoad.class, () -> () -> load[0]).run((context) -> {
			for (int i = 0; i < 100; i++) {
				assertThat(ask(context)).isInstanceOf(Decision.Admitted.class);
			}
			for (int i = 0; i < 100; i++) {
				((Decision.Admitted) ask(context)).permit().release(Outcome.failure(Outcome.Kind.CANCELLED, null, 0));
			}
			load[0] = 0.95;
			assertThat(ask(context)).isInstanceOfSatisfying(Decision.Rejected.class,
					(rejected) -> assertThat(rejected.rejection().rule()).isEqualTo("load-shedding/default"));
			load[0] = Double.NaN;
			assertThat(ask(context)).isInstanceOf(Decision.Admitted.class);
			assertThat(state(context)).startsWith("cpu=unknown limit=none ");
		});
	}

	@Test
	void aRuntimeThatDoesNotTellLeavesItUnknown() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(OperatingSystemMXBean.class)).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(CpuLoad.class).doesNotHaveBean(CpuMeters.class);
			assertThat(state(context)).startsWith("cpu=unknown limit=none ");
			assertThat(ask(context)).isInstanceOf(Decision.Admitted.class);
		});
	}

}
