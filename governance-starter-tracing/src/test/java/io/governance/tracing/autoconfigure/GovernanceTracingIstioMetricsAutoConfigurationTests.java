// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import io.governance.tracing.metrics.istio.BlockingCalls;
import io.governance.tracing.metrics.istio.IstioSettings;
import io.governance.tracing.metrics.istio.ReactiveCalls;
import io.governance.tracing.metrics.istio.ReactiveRequests;
import io.governance.tracing.metrics.istio.ServletRequests;
import io.governance.tracing.metrics.istio.Workload;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

class GovernanceTracingIstioMetricsAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GovernanceTracingIstioMetricsAutoConfiguration.class))
		.withPropertyValues("governance.tracing.metrics.istio.enabled=true", "spring.application.name=till");

	@Test
	void reportsCallsAndRequests() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(BlockingCalls.class)
			.hasSingleBean(ReactiveCalls.class)
			.hasSingleBean(ReactiveRequests.class)
			.hasSingleBean(ServletRequests.class));
	}

	@Test
	void theVersionIsUnknownByDefault() {
		this.contextRunner.run((context) -> assertThat(context.getBean(Workload.class))
			.isEqualTo(new Workload("till", "default", "unknown", "unknown")));
	}

	@Test
	void theVersionIsThatOfTheApplication() {
		this.contextRunner.withPropertyValues("spring.application.version=1.2")
			.run((context) -> assertThat(context.getBean(Workload.class).version()).isEqualTo("1.2"));
	}

	@Test
	void aVersionOfItsOwnComesFirst() {
		this.contextRunner
			.withPropertyValues("spring.application.version=1.2", "governance.tracing.metrics.istio.version=2")
			.run((context) -> assertThat(context.getBean(Workload.class).version()).isEqualTo("2"));
	}

	@Test
	void backsOffForTheApplicationsOwn() {
		Workload own = new Workload("kiosk", "shop", "3", "east");
		this.contextRunner.withBean("own", Workload.class, () -> own)
			.run((context) -> assertThat(context.getBean(IstioSettings.class).workload()).isSameAs(own));
	}

	@Test
	void leavesWebClientOutWhereThereIsNone() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(WebClient.class.getPackageName()))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(ReactiveCalls.class)
				.hasSingleBean(BlockingCalls.class));
	}

	@Test
	void isOffUnlessSwitchedOn() {
		this.contextRunner.withPropertyValues("governance.tracing.metrics.istio.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(IstioSettings.class));
	}

}
