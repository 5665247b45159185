// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.governance.discovery.AttemptCounters;
import io.governance.discovery.LaterTasks;
import io.governance.discovery.ManualTime;
import io.governance.discovery.ScriptedSource;
import io.governance.discovery.Selections;
import io.governance.discovery.ServiceViews;
import io.governance.discovery.ViewSettings;
import io.governance.discovery.metrics.DiscoveryMeters;
import io.governance.discovery.registration.InstanceRegistry.Standing;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the meters of the registration say in each of its states.
 */
class RegistrationMetersTests {

	private final LaterTasks later = new LaterTasks();

	private final ScriptedRegistry registry = new ScriptedRegistry();

	private final GenericApplicationContext context = new GenericApplicationContext();

	private final MeterRegistry meters = new SimpleMeterRegistry();

	private final SelfRegistration registration = registration();

	RegistrationMetersTests() {
		this.context.refresh();
		ServiceViews views = new ServiceViews(new ScriptedSource(), ViewSettings.defaults(), Selections.withoutRules(),
				AttemptCounters.NONE, new ManualTime(), this.later);
		new DiscoveryMeters(views, List.of(this.registration)).bindTo(this.meters);
	}

	@AfterEach
	void stop() {
		this.context.close();
		this.later.shutdownNow();
	}

	@Test
	void beforeTheApplicationIsReadyItIsNotWanted() {
		this.registration.start();
		this.later.runAll();
		assertState("not-wanted", false, false);
	}

	@Test
	void anInstanceThatTheRegistryHasIsRegistered() {
		ready(Standing.registered(true));
		assertState("registered", true, false);
		assertThat(registrations()).isOne();
	}

	@Test
	void aRegistrationThatWasLostAndHealedIsCounted() {
		ready(Standing.registered(true));
		this.later.runAll();
		assertThat(registrations()).isEqualTo(2);
	}

	@Test
	void anInstanceInMaintenanceIsRegisteredAndNotLost() {
		ready(new Standing(RegistrationState.MAINTENANCE, "repair", true));
		assertState("maintenance", true, false);
	}

	@Test
	void anInstanceWhoseCheckFailsIsRegisteredAndLost() {
		ready(new Standing(RegistrationState.UNHEALTHY, "404", true));
		assertState("unhealthy", true, true);
	}

	@Test
	void aRegistryThatDoesNotAnswerIsAway() {
		ready(Standing.registered(true));
		this.registry.fails(ScriptedRegistry.failure("no answer", true));
		this.later.runAll();
		assertState("away", false, true);
	}

	@Test
	void aRegistryThatRefusesIsNamedSo() {
		this.registry.fails(ScriptedRegistry.failure("not allowed", false));
		ready(null);
		assertState("refused", false, true);
		assertThat(registrations()).isZero();
	}

	@Test
	void theStateBeforeTheFirstAnswerIsPending() {
		this.registry.says(Standing.registered(true));
		this.registry.whileAsked(() -> assertState("pending", false, false));
		ready(null);
		assertState("registered", true, false);
	}

	@Test
	void anInstanceThatWentForGoodHasLeft() {
		ready(Standing.registered(true));
		this.registration.stop(() -> {
		});
		this.later.runAll();
		assertState("left", false, false);
	}

	private void ready(@Nullable Standing standing) {
		if (standing != null) {
			this.registry.says(standing);
		}
		this.registration
			.onApplicationEvent(new AvailabilityChangeEvent<>(this.context, ReadinessState.ACCEPTING_TRAFFIC));
		this.registration.start();
		this.later.runAll();
	}

	private SelfRegistration registration() {
		RegistrationSettings settings = new RegistrationSettings("orders", "10.0.0.1", 8080, List.of(), Map.of(), false,
				() -> 0);
		OwnInstance instance = new OwnInstance(new MockEnvironment(), settings,
				CheckSettings.ttl(Duration.ofSeconds(9)), () -> null, new ManualTime());
		return new SelfRegistration(this.context, instance, settings, this.registry, this.later);
	}

	private void assertState(String expected, boolean registered, boolean lost) {
		Map<String, Double> states = this.meters.get("governance.discovery.registration.state")
			.tag("registry", "scripted")
			.gauges()
			.stream()
			.collect(Collectors.toMap((gauge) -> gauge.getId().getTag("state"), Gauge::value));
		assertThat(states).containsOnlyKeys("not-wanted", "pending", "registered", "maintenance", "unhealthy", "away",
				"refused", "left");
		assertThat(states)
			.allSatisfy((state, value) -> assertThat(value).as(state).isEqualTo(state.equals(expected) ? 1.0 : 0.0));
		assertThat(value("registered")).isEqualTo(registered ? 1 : 0);
		assertThat(value("registration.lost")).isEqualTo(lost ? 1 : 0);
	}

	private double value(String meter) {
		return this.meters.get("governance.discovery." + meter).tag("registry", "scripted").gauge().value();
	}

	private double registrations() {
		return this.meters.get("governance.discovery.registrations")
			.tag("registry", "scripted")
			.functionCounter()
			.count();
	}

}
