// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.governance.discovery.LaterTasks;
import io.governance.discovery.ManualTime;
import io.governance.discovery.registration.InstanceRegistry.Standing;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SelfRegistration} in a server that is not Spring Boot's own.
 */
@ExtendWith(OutputCaptureExtension.class)
class SelfRegistrationTests {

	private final LaterTasks later = new LaterTasks();

	private final ScriptedRegistry registry = new ScriptedRegistry();

	private final GenericApplicationContext context = new GenericApplicationContext();

	@AfterEach
	void stop() {
		this.later.shutdownNow();
	}

	@Test
	void aPortThatNobodyTellsIsAskedForOnce(CapturedOutput output) {
		start(null);
		this.later.runAll();
		assertThat(this.registry.asked()).doesNotContain("confirm orders");
		assertThat(output.getAll()).containsOnlyOnce("registration=not-possible registry=scripted")
			.contains("set governance.discovery.registration.port");
	}

	@Test
	void thePortThatTheUserSaysIsEnough(CapturedOutput output) {
		this.registry.says(Standing.registered(true));
		start(8080);
		assertThat(this.registry.asked()).contains("confirm orders");
		assertThat(output.getAll()).doesNotContain("registration=not-possible");
	}

	private void start(@Nullable Integer port) {
		RegistrationSettings settings = new RegistrationSettings("orders", "10.0.0.1", port, List.of(), Map.of(), false,
				() -> 0);
		OwnInstance instance = new OwnInstance(new MockEnvironment(), settings,
				CheckSettings.ttl(Duration.ofSeconds(9)), () -> null, new ManualTime());
		this.context.refresh();
		SelfRegistration registration = new SelfRegistration(this.context, instance, settings, this.registry,
				this.later);
		registration.start();
		registration.onApplicationEvent(new AvailabilityChangeEvent<>(this.context, ReadinessState.ACCEPTING_TRAFFIC));
		this.later.runAll();
	}

}
