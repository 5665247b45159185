// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.clients;

import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.client.RequestFactoryStages;
import io.governance.client.StagedRestClientGroups;
import io.governance.discovery.autoconfigure.GovernanceDiscoveryAutoConfiguration;
import io.governance.discovery.autoconfigure.GovernanceLoadBalancerAutoConfiguration;
import io.governance.discovery.client.LoadBalancingStage;
import io.governance.resilience.autoconfigure.GovernanceOutboundAutoConfiguration;
import io.governance.resilience.client.CallStage;
import io.governance.tracing.client.AttemptSpans;
import io.governance.tracing.client.AttemptStage;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two starters put layers around blocking clients: what does so is there once, for as
 * long as one of them is.
 */
class StagedRestClientsTests {

	private static final String OUTBOUND = "governance.resilience.outbound.enabled";

	private static final String LOAD_BALANCER = "governance.discovery.load-balancer.enabled";

	private static final String DISCOVERY = "governance.discovery.enabled";

	private final ApplicationContextRunner resilience = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GovernanceOutboundAutoConfiguration.class));

	private final ApplicationContextRunner discovery = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GovernanceLoadBalancerAutoConfiguration.class));

	private final ApplicationContextRunner both = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(GovernanceOutboundAutoConfiguration.class, GovernanceLoadBalancerAutoConfiguration.class));

	@Test
	void eitherStarterSuppliesThem() {
		withEngine(this.resilience).run((context) -> assertStages(context, true, false));
		withViews(this.discovery).run((context) -> assertStages(context, false, true));
	}

	@Test
	void bothStartersSupplyThemOnce() {
		withViews(this.both).run((context) -> assertStages(context, true, true));
	}

	@Test
	void oneStarterThatIsOffLeavesThemToTheOther() {
		withViews(this.both).withPropertyValues(OUTBOUND + "=false")
			.run((context) -> assertStages(context, false, true));
		withViews(this.both).withPropertyValues(LOAD_BALANCER + "=false")
			.run((context) -> assertStages(context, true, false));
		withViews(this.both).withPropertyValues(DISCOVERY + "=false")
			.run((context) -> assertStages(context, true, false));
	}

	@Test
	void oneStarterThatHasNotWhatItNeedsLeavesThemToTheOther() {
		withEngine(this.both).run((context) -> assertStages(context, true, false));
	}

	@ParameterizedTest
	@ValueSource(strings = { LOAD_BALANCER, DISCOVERY })
	void withBothStartersOffTheyAreNotThere(String discoveryProperty) {
		withViews(this.both).withPropertyValues(OUTBOUND + "=false", discoveryProperty + "=false")
			.run(StagedRestClientsTests::assertNone);
	}

	@Test
	void aLayerAloneDoesNotAskForThem() {
		this.both
			.withBean(AttemptStage.class, () -> new AttemptStage(new AttemptSpans(Tracer.NOOP, Propagator.NOOP), true))
			.run(StagedRestClientsTests::assertNone);
	}

	private static ApplicationContextRunner withEngine(ApplicationContextRunner runner) {
		return runner.withConfiguration(AutoConfigurations.of(GovernanceAutoConfiguration.class));
	}

	private static ApplicationContextRunner withViews(ApplicationContextRunner runner) {
		return withEngine(runner).withConfiguration(AutoConfigurations.of(GovernanceDiscoveryAutoConfiguration.class));
	}

	private static void assertStages(AssertableApplicationContext context, boolean resilience, boolean discovery) {
		assertThat(context).hasSingleBean(RequestFactoryStages.class).hasSingleBean(StagedRestClientGroups.class);
		assertThat(context.getBeansOfType(CallStage.class)).hasSize(resilience ? 1 : 0);
		assertThat(context.getBeansOfType(LoadBalancingStage.class)).hasSize(discovery ? 1 : 0);
	}

	private static void assertNone(AssertableApplicationContext context) {
		assertThat(context).hasNotFailed()
			.doesNotHaveBean(RequestFactoryStages.class)
			.doesNotHaveBean(StagedRestClientGroups.class);
	}

}
