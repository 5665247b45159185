// SPDX-License-Identifier: Apache-2.0

package io.governance.config.autoconfigure;

import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.binding.RemoteSources;
import io.governance.config.StubConfigServer;
import io.governance.config.actuate.ConfigMeterBinder;
import io.governance.config.actuate.RemoteConfigHealthIndicator;
import io.governance.config.refresh.ConfigMeters;
import io.governance.config.refresh.ConfigWatch;
import io.governance.config.refresh.RemoteConfigUpdater;
import io.governance.config.refresh.RemoteRules;
import io.governance.config.remote.ConfigServerClient;
import io.governance.config.remote.RemoteConfigState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.config.client.ConfigClientProperties;

import static org.assertj.core.api.Assertions.assertThat;

class GovernanceConfigAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withPropertyValues("governance.config.watch.max-backoff=20s")
		.withConfiguration(AutoConfigurations.of(GovernanceAutoConfiguration.class,
				GovernanceConfigAutoConfiguration.class, GovernanceConfigActuatorAutoConfiguration.class));

	private final ApplicationContextRunner importing = this.contextRunner.withBean(RemoteConfigState.class,
			() -> new RemoteConfigState(new ConfigServerClient(StubConfigServer.settings("http://127.0.0.1:1"))));

	@Test
	void isInertWhenNothingIsImported() {
		this.contextRunner.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(RemoteRules.class)
			.doesNotHaveBean(ConfigWatch.class)
			.doesNotHaveBean(RemoteConfigHealthIndicator.class));
	}

	@Test
	void watchesWhatIsImported() {
		this.importing.run((context) -> {
			assertThat(context).hasSingleBean(ConfigWatch.class)
				.hasSingleBean(RemoteConfigUpdater.class)
				.hasSingleBean(RemoteConfigHealthIndicator.class)
				.hasSingleBean(ConfigMeterBinder.class);
			assertThat(context.getBean(RemoteSources.class)).isInstanceOf(RemoteRules.class);
			assertThat(context.getBean(ConfigWatch.class).isRunning()).isTrue();
		});
	}

	@Test
	void backsOffForBeansOfTheUser() {
		ConfigMeters meters = new ConfigMeters();
		RemoteRules rules = new RemoteRules(null);
		this.importing.withBean(ConfigMeters.class, () -> meters)
			.withBean(RemoteRules.class, () -> rules)
			.run((context) -> {
				assertThat(context.getBean(ConfigMeters.class)).isSameAs(meters);
				assertThat(context.getBean(RemoteSources.class)).isSameAs(rules);
			});
	}

	@Test
	void isAbsentWhenSwitchedOff() {
		this.importing.withPropertyValues("governance.config.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ConfigWatch.class)
				.doesNotHaveBean(RemoteRules.class));
	}

	@Test
	void doesNotWatchWhenTheWatchIsSwitchedOff() {
		this.importing.withPropertyValues("governance.config.watch.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(ConfigWatch.class)
				.hasSingleBean(RemoteConfigUpdater.class));
	}

	@Test
	void needsTheConfigClient() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(ConfigClientProperties.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RemoteRules.class));
	}

	@Test
	void worksWithoutActuatorAndMicrometer() {
		this.importing.withClassLoader(new FilteredClassLoader(HealthIndicator.class, MeterBinder.class))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(ConfigWatch.class));
	}

	@Test
	void aBadValueIsNamed() {
		this.contextRunner.withPropertyValues("governance.config.watch.hold=0s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("governance.config.watch.hold: PT0S (expected: 1ms or more)"));
	}

	@Test
	void healthIsUpWithDetails() {
		this.importing.run((context) -> {
			Health health = context.getBean(RemoteConfigHealthIndicator.class).health();
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsEntry("connected", false)
				.containsEntry("server", "http://127.0.0.1:1")
				.doesNotContainKey("confirmedSecondsAgo")
				.containsEntry("reason", "the config server does not answer: running without remote configuration")
				.containsKey("since");
		});
	}

	@Test
	void metersSayWhatBecameOfFetchedSets() {
		MeterRegistry registry = new SimpleMeterRegistry();
		this.importing.run((context) -> {
			context.getBean(ConfigMeterBinder.class).bindTo(registry);
			assertThat(registry.get("governance.config.connected").gauge().value()).isZero();
			assertThat(registry.get("governance.config.fetches").functionCounters())
				.extracting((counter) -> counter.getId().getTag("outcome"))
				.containsExactlyInAnyOrder("taken", "refused", "unreachable", "unserved");
		});
	}

}
