// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.metrics;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.governance.discovery.InstanceSelector;
import io.governance.embeddedconsul.EmbeddedConsul;
import io.governance.metrics.GovernanceMeter;
import io.governance.metrics.GovernanceMeter.MeterTag;
import io.governance.policy.CallRejectedException;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
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
				.isThrownBy(() -> application.getBean(InstanceSelector.class).select("inventory", null));
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
		}
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
