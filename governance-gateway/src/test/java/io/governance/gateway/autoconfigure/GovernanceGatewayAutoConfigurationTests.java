// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.autoconfigure;

import java.util.List;

import io.governance.actuate.EnforcementPoint;
import io.governance.autoconfigure.GovernanceTrustAutoConfiguration;
import io.governance.context.TrustedCallers;
import io.governance.gateway.edge.EdgeHeaders;
import io.governance.gateway.edge.ForwardedHeaders;
import io.governance.gateway.filter.CallStageFilter;
import io.governance.gateway.filter.GovernedRoutingFilter;
import io.governance.gateway.filter.InstanceFilter;
import io.governance.gateway.route.ExposedServices;
import io.governance.gateway.route.RegistryRoutes;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.cloud.gateway.config.GatewayAutoConfiguration;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class GovernanceGatewayAutoConfigurationTests {

	private final ReactiveWebApplicationContextRunner program = new ReactiveWebApplicationContextRunner()
		.withUserConfiguration(Program.class);

	@Test
	void suppliesEdgeCallStageInstancesAndRoutes() {
		this.program.run((context) -> {
			assertThat(context).hasSingleBean(EdgeHeaders.class)
				.hasSingleBean(ForwardedHeaders.class)
				.hasSingleBean(CallStageFilter.class)
				.hasSingleBean(InstanceFilter.class)
				.hasSingleBean(GovernedRoutingFilter.class)
				.hasSingleBean(ExposedServices.class)
				.hasSingleBean(RegistryRoutes.class);
			assertThat(context.getBeansOfType(EnforcementPoint.class).values()).extracting(EnforcementPoint::adapter)
				.contains("gateway");
		});
	}

	@Test
	void registryRoutesCanBeTurnedOff() {
		this.program.withPropertyValues("governance.gateway.registry-routes.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ExposedServices.class)
				.doesNotHaveBean(RegistryRoutes.class));
	}

	@Test
	void withoutDiscoveryNoInstanceIsChosenHere() {
		this.program.withPropertyValues("governance.discovery.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(CallStageFilter.class)
				.doesNotHaveBean(InstanceFilter.class));
	}

	@Test
	void withoutOutboundRulesCallsGoStraight() {
		this.program.withPropertyValues("governance.resilience.outbound.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(CallStageFilter.class));
	}

	@Test
	void backsOffFromAnEdgeOfTheUsers() {
		EdgeHeaders own = new EdgeHeaders(new TrustedCallers(List.of()));
		this.program.withBean(EdgeHeaders.class, () -> own)
			.run((context) -> assertThat(context.getBean(EdgeHeaders.class)).isSameAs(own));
	}

	@Test
	void aPollingIntervalOfNothingIsRefused() {
		this.program.withPropertyValues("governance.gateway.registry-routes.interval=0s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("governance.gateway.registry-routes.interval"));
	}

	@Test
	void doesNothingWithoutSpringCloudGateway() {
		new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(GovernanceTrustAutoConfiguration.class,
					GovernanceGatewayAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader(GatewayAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(EdgeHeaders.class));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Program {

	}

}
