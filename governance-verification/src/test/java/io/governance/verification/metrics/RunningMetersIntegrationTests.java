// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.metrics;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.autoconfigure.GovernanceMetricsAutoConfiguration;
import io.governance.discovery.InstanceSelector;
import io.governance.embeddedconsul.EmbeddedConsul;
import io.governance.engine.PolicyEngine;
import io.governance.metrics.DecisionMeters;
import io.governance.metrics.GovernanceMeter;
import io.governance.metrics.GovernanceMeter.MeterTag;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Segment;
import io.governance.rule.RuleSet;
import io.governance.test.FakeCall;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The meters of an application with all starters are those of the list, tags included.
 */
class RunningMetersIntegrationTests {

	@Test
	void metersOfAnApplicationAreInTheList() {
		try (EmbeddedConsul registry = EmbeddedConsul.startOnFreePort();
				ConfigurableApplicationContext application = new SpringApplicationBuilder(Plain.class)
					.web(WebApplicationType.NONE)
					.run("--spring.application.name=orders", "--governance.discovery.consul.host=127.0.0.1",
							"--governance.discovery.consul.port=" + registry.port(),
							"--governance.rules.circuit-breaker.all.failure-rate=50",
							"--spring.config.import=optional:configserver:http://127.0.0.1:1")) {
			assertThatExceptionOfType(CallRejectedException.class)
				.isThrownBy(() -> application.getBean(InstanceSelector.class).select(FakeCall.to("inventory"), null));
			List<Meter.Id> ours = application.getBean(MeterRegistry.class)
				.getMeters()
				.stream()
				.map(Meter::getId)
				.filter((id) -> id.getName().startsWith("governance"))
				.toList();
			assertThat(ours).extracting(Meter.Id::getName)
				.contains(GovernanceMeter.DECISIONS.meterName(), GovernanceMeter.CONFIG_CONNECTED.meterName(),
						GovernanceMeter.DISCOVERY_LIST_AGE.meterName());
			assertThat(ours).allMatch(RunningMetersIntegrationTests::isAsListed);
			MeterRegistry meters = application.getBean(MeterRegistry.class);
			assertThat(value(meters, GovernanceMeter.DISCOVERY_LIST_AVOIDED, "service", "inventory")).isZero();
			assertThat(value(meters, GovernanceMeter.DISCOVERY_LIST_INSTANCES, "service", "inventory")).isZero();
		}
	}

	@Test
	void theStateOfABreakerIsShownAsLongAsItsRule() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(GovernanceAutoConfiguration.class, GovernanceMetricsAutoConfiguration.class))
			.withBean(SimpleMeterRegistry.class)
			.withPropertyValues("governance.rules.circuit-breaker.all.minimum-calls=1",
					"governance.rules.circuit-breaker.all.window-size=1")
			.run((context) -> {
				SimpleMeterRegistry meters = context.getBean(SimpleMeterRegistry.class);
				context.getBean(DecisionMeters.class).bindTo(meters);
				PolicyEngine engine = context.getBean(PolicyEngine.class);
				Decision.Admitted admitted = (Decision.Admitted) engine.tryAcquire(Segment.ATTEMPT,
						FakeCall.to("inventory"));
				assertThat(breaker(meters, "closed")).isOne();
				assertThat(breaker(meters, "open")).isZero();
				admitted.permit().release(Outcome.failure(Outcome.Kind.TIMEOUT, null, 1));
				assertThat(breaker(meters, "closed")).isZero();
				assertThat(breaker(meters, "open")).isOne();
				engine.apply(RuleSet.EMPTY);
				assertThat(meters.find(GovernanceMeter.CIRCUIT_BREAKER_STATE.meterName()).gauges()).isEmpty();
			});
	}

	@Test
	void theStateOfAnAdaptiveBreakerIsShownAsLongAsItsRule() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(GovernanceAutoConfiguration.class, GovernanceMetricsAutoConfiguration.class))
			.withBean(SimpleMeterRegistry.class)
			.withPropertyValues("governance.rules.adaptive-breaker.all.protection=0")
			.run((context) -> {
				SimpleMeterRegistry meters = context.getBean(SimpleMeterRegistry.class);
				context.getBean(DecisionMeters.class).bindTo(meters);
				PolicyEngine engine = context.getBean(PolicyEngine.class);
				Decision.Admitted admitted = (Decision.Admitted) engine.tryAcquire(Segment.ATTEMPT,
						FakeCall.to("inventory"));
				assertThat(adaptiveBreaker(meters, "passing")).isOne();
				assertThat(adaptiveBreaker(meters, "throttling")).isZero();
				admitted.permit().release(Outcome.failure(Outcome.Kind.TIMEOUT, null, 1));
				// whether it passes or not is left to chance
				engine.tryAcquire(Segment.ATTEMPT, FakeCall.to("inventory"));
				assertThat(adaptiveBreaker(meters, "passing")).isZero();
				assertThat(adaptiveBreaker(meters, "throttling")).isOne();
				engine.apply(RuleSet.EMPTY);
				assertThat(meters.find(GovernanceMeter.ADAPTIVE_BREAKER_STATE.meterName()).gauges()).isEmpty();
			});
	}

	private static double breaker(MeterRegistry meters, String state) {
		return value(meters, GovernanceMeter.CIRCUIT_BREAKER_STATE, "rule.id", "all", "service", "inventory", "state",
				state);
	}

	private static double adaptiveBreaker(MeterRegistry meters, String state) {
		return value(meters, GovernanceMeter.ADAPTIVE_BREAKER_STATE, "rule.id", "all", "service", "inventory", "state",
				state);
	}

	private static double value(MeterRegistry meters, GovernanceMeter meter, String... tags) {
		return meters.get(meter.meterName()).tags(tags).gauge().value();
	}

	private static boolean isAsListed(Meter.Id id) {
		Optional<GovernanceMeter> listed = Stream.of(GovernanceMeter.values())
			.filter((meter) -> meter.meterName().equals(id.getName()))
			.findFirst();
		return listed.filter((meter) -> meter.type() == id.getType() && meter.description().equals(id.getDescription())
				&& meter.tags()
					.stream()
					.map(MeterTag::key)
					.sorted()
					.toList()
					.equals(id.getTags().stream().map(Tag::getKey).sorted().toList()))
			.isPresent();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Plain {

	}

}
