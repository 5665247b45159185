// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import java.time.Duration;

import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.discovery.lifecycle.InstanceEndpoint;
import io.governance.discovery.lifecycle.InstanceLifecycle;
import io.governance.discovery.lifecycle.InstanceState;
import io.governance.discovery.lifecycle.LateCallFilter;
import io.governance.discovery.lifecycle.LateCallWebFilter;
import io.governance.discovery.lifecycle.LeaveSettings;
import io.governance.discovery.lifecycle.LeaveSettings.WaitFor;
import io.governance.discovery.metrics.InstanceMeters;
import io.governance.discovery.registration.InstanceRegistrar;
import io.governance.discovery.springcloud.SpringCloudRegistrar;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link GovernanceLifecycleAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class GovernanceLifecycleAutoConfigurationTests {

	private static final AutoConfigurations ALL = AutoConfigurations.of(GovernanceAutoConfiguration.class,
			GovernanceDiscoveryAutoConfiguration.class, GovernanceLifecycleAutoConfiguration.class,
			GovernanceDiscoveryActuatorAutoConfiguration.class);

	private static final String EXPOSED = "management.endpoints.web.exposure.include=governanceinstance";

	private final WebApplicationContextRunner webContextRunner = new WebApplicationContextRunner()
		.withConfiguration(ALL)
		.withPropertyValues(EXPOSED);

	@Test
	void aServletApplicationLeavesInOrder() {
		this.webContextRunner.run((context) -> {
			assertThat(context).hasSingleBean(InstanceLifecycle.class)
				.hasSingleBean(InstanceEndpoint.class)
				.hasSingleBean(SpringCloudRegistrar.class)
				.doesNotHaveBean(LateCallWebFilter.class);
			FilterRegistrationBean<?> filter = context.getBean(FilterRegistrationBean.class);
			assertThat(filter.getFilter()).isInstanceOf(LateCallFilter.class);
			assertThat(filter.getOrder()).isEqualTo(GovernanceLifecycleAutoConfiguration.FILTER_ORDER);
		});
	}

	@Test
	void aReactiveApplicationLeavesInOrder() {
		new ReactiveWebApplicationContextRunner().withConfiguration(ALL)
			.run((context) -> assertThat(context).hasSingleBean(InstanceLifecycle.class)
				.hasSingleBean(LateCallWebFilter.class)
				.doesNotHaveBean(InstanceEndpoint.class)
				.doesNotHaveBean(FilterRegistrationBean.class));
	}

	@Test
	void anApplicationThatIsNotForTheWebHasNobodyToWaitFor() {
		new ApplicationContextRunner().withConfiguration(ALL)
			.run((context) -> assertThat(context).doesNotHaveBean(InstanceLifecycle.class));
	}

	@Test
	void canBeSwitchedOff() {
		this.webContextRunner.withPropertyValues("governance.discovery.lifecycle.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(InstanceLifecycle.class)
				.doesNotHaveBean(InstanceEndpoint.class)
				.doesNotHaveBean(InstanceMeters.class)
				.doesNotHaveBean(FilterRegistrationBean.class));
	}

	@Test
	void worksWithoutTheActuatorAndMeters() {
		this.webContextRunner
			.withClassLoader(new FilteredClassLoader(Endpoint.class, HealthIndicator.class, MeterRegistry.class,
					MeterBinder.class))
			.run((context) -> assertThat(context).hasSingleBean(InstanceLifecycle.class)
				.doesNotHaveBean(InstanceEndpoint.class)
				.doesNotHaveBean(InstanceMeters.class));
	}

	@Test
	void itsStateIsAMeterAndADetailOfHealth() {
		this.webContextRunner.withBean(SimpleMeterRegistry.class).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			context.getBean(InstanceMeters.class).bindTo(registry);
			assertThat(registry.get("governance.discovery.instance.state").tag("state", "not-ready").gauge().value())
				.isEqualTo(1);
			assertThat(registry.get("governance.discovery.late.calls").functionCounter().count()).isZero();
			assertThat(context.getBean("governanceDiscoveryHealthIndicator", HealthIndicator.class)
				.health()
				.getDetails()
				.get("instance")).asString().contains("state=NOT_READY");
		});
	}

	@Test
	void theEndpointTakesItOutAndPutsItBack() {
		this.webContextRunner.run((context) -> {
			InstanceEndpoint endpoint = context.getBean(InstanceEndpoint.class);
			assertThat(endpoint.change(InstanceEndpoint.Service.OUT_OF_SERVICE, " ").reason())
				.isEqualTo("no reason given");
			assertThat(endpoint.instance().state()).isEqualTo(InstanceState.LEAVING);
			assertThat(endpoint.change(InstanceEndpoint.Service.IN_SERVICE, null))
				.extracting(InstanceEndpoint.Description::state, InstanceEndpoint.Description::reason)
				.containsExactly(InstanceState.NOT_READY, null);
		});
	}

	@Test
	void theDefaultsAreFiveSecondsAndOne() {
		this.webContextRunner
			.run((context) -> assertThat(context.getBean(DiscoveryLifecycleProperties.class).settings())
				.isEqualTo(new LeaveSettings(Duration.ofSeconds(5), Duration.ofSeconds(1), WaitFor.REGISTERED)));
	}

	@ParameterizedTest
	@CsvSource({ "leave-delay, 30s", "leave-delay, 1h", "leave-delay, -1s", "late-window, 31s" })
	void aStepThatOutlivesAPhaseOfTheShutdownStopsTheStart(String key, String value) {
		this.webContextRunner.withPropertyValues("governance.discovery.lifecycle." + key + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContainingAll("governance.discovery.lifecycle." + key,
						"expected: not negative, and less than spring.lifecycle.timeout-per-shutdown-phase"));
	}

	@Test
	void itIsMeasuredByThePhaseTimeoutThatIsSet() {
		this.webContextRunner.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=5s")
			.withPropertyValues("governance.discovery.lifecycle.leave-delay=5s")
			.run((context) -> assertThat(context).hasFailed());
		this.webContextRunner
			.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=2m",
					"governance.discovery.lifecycle.leave-delay=1m")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aDefaultThatDoesNotFitIsShortenedAndSaidWhereItMatters(CapturedOutput output) {
		WebApplicationContextRunner shortPhases = this.webContextRunner
			.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=1s");
		shortPhases.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output.getAll()).as("nobody can find it").doesNotContain("lifecycle=shortened");
		shortPhases.withPropertyValues("governance.discovery.lifecycle.wait-for=always")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output.getAll()).containsOnlyOnce("lifecycle=shortened leave-delay=PT0.5S late-window=PT0.5S "
				+ "reason=\"spring.lifecycle.timeout-per-shutdown-phase is PT1S\"");
		shortPhases.withBean(InstanceRegistrar.class, () -> mock(InstanceRegistrar.class))
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output.getAll().split("lifecycle=shortened")).hasSize(3);
	}

	@Test
	void theFailureNamesPropertyAndOriginAndWhatIsExpected(CapturedOutput output) {
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
				.run("--server.port=0", "--spring.main.banner-mode=off",
						"--governance.discovery.lifecycle.leave-delay=40s"));
		assertThat(output.getAll()).contains("APPLICATION FAILED TO START",
				"governance.discovery.lifecycle.leave-delay", "from property source \"commandLineArgs\"",
				"less than spring.lifecycle.timeout-per-shutdown-phase, which is PT30S");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
