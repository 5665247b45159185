// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import io.governance.discovery.registration.InstanceRegistry.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.governance.discovery.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Reconciler}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ReconcilerTests {

	private static final ServiceDefinition WANTED = new ServiceDefinition("orders-1", "orders", "10.0.0.1", 8080,
			List.of(), Map.of(), new ServiceDefinition.Check.Ttl(Duration.ofSeconds(9), Duration.ofMinutes(5)));

	private static final long BEGIN = new ManualTime().epochMillis();

	private final ManualTime time = new ManualTime();

	private final ScriptedRegistry registry = new ScriptedRegistry();

	private final Reconciler reconciler = new Reconciler(this.registry, () -> 0, this.time);

	@Test
	void confirmsAsOftenAsTheCheckWants() {
		this.registry.says(Standing.registered(true));
		this.registry.says(Standing.registered(false));
		assertThat(this.reconciler.step(WANTED, null)).isEqualTo(Duration.ofSeconds(3));
		assertThat(this.reconciler.step(WANTED, null)).isEqualTo(Duration.ofSeconds(3));
		assertThat(this.registry.asked()).containsExactly("confirm orders-1", "confirm orders-1");
		assertThat(this.reconciler.registrations()).isEqualTo(1);
		assertThat(this.reconciler.status())
			.isEqualTo(new RegistrationStatus(RegistrationState.REGISTERED, "orders-1", null, BEGIN));
	}

	@Test
	void whatTheRegistryLostIsCounted() {
		this.registry.says(Standing.registered(true));
		this.reconciler.step(WANTED, null);
		this.reconciler.step(WANTED, null);
		assertThat(this.reconciler.registrations()).isEqualTo(2);
	}

	@Test
	void aRefusalIsSeenWithItsReasonAndSaidOnce(CapturedOutput output) {
		this.registry.fails(ScriptedRegistry.failure("not allowed", false));
		assertThat(this.reconciler.step(WANTED, null)).isEqualTo(Duration.ofMillis(250));
		this.reconciler.step(WANTED, null);
		assertThat(this.reconciler.status())
			.isEqualTo(new RegistrationStatus(RegistrationState.REFUSED, "orders-1", "not allowed", BEGIN));
		assertThat(output.getAll()).containsOnlyOnce("registration=refused registry=scripted instance=orders-1");
		this.registry.says(Standing.registered(true));
		this.reconciler.step(WANTED, null);
		assertThat(this.reconciler.status().state()).isEqualTo(RegistrationState.REGISTERED);
	}

	@Test
	void aRefusalForAnotherReasonIsSaidToo(CapturedOutput output) {
		this.registry.fails(ScriptedRegistry.failure("not allowed", false));
		this.reconciler.step(WANTED, null);
		this.registry.fails(ScriptedRegistry.failure("token expired", false));
		this.reconciler.step(WANTED, null);
		this.reconciler.step(WANTED, null);
		assertThat(output.getAll()).containsOnlyOnce("error=\"not allowed\"")
			.containsOnlyOnce("error=\"token expired\"");
	}

	@Test
	void whatOthersWroteStaysOnItsLine(CapturedOutput output) {
		this.registry
			.says(new Standing(RegistrationState.MAINTENANCE, "a\nregistration=left \"b\" " + "c".repeat(900), false));
		this.reconciler.step(WANTED, null);
		assertThat(output.getAll()).contains("reason=\"a registration=left 'b' ccc").doesNotContain("c".repeat(501));
	}

	@Test
	void whyOthersDoNotCallItIsSeen() {
		this.registry.says(new Standing(RegistrationState.UNHEALTHY, "404", true));
		this.reconciler.step(WANTED, null);
		assertThat(this.reconciler.status())
			.isEqualTo(new RegistrationStatus(RegistrationState.UNHEALTHY, "orders-1", "404", BEGIN));
		assertThat(this.reconciler.status().isLost()).isTrue();
		assertThat(this.reconciler.status().isRegistered()).isTrue();
	}

	@Test
	void outOfServiceIsTheRegistrysToCarryOut() {
		this.registry.says(new Standing(RegistrationState.MAINTENANCE, "repair", true));
		this.reconciler.step(WANTED, "repair");
		assertThat(this.registry.asked()).containsExactly("confirm orders-1 out: repair");
		assertThat(this.reconciler.status().state()).isEqualTo(RegistrationState.MAINTENANCE);
		assertThat(this.reconciler.status().isLost()).isFalse();
		assertThat(this.reconciler.status().isListed()).isFalse();
	}

	@Test
	void sinceWhenItIsHiddenStaysWhileTheWayChanges() {
		this.registry.says(Standing.registered(true));
		this.registry.says(new Standing(RegistrationState.MAINTENANCE, "repair", false));
		this.reconciler.step(WANTED, null);
		this.time.advance(Duration.ofSeconds(10));
		this.reconciler.step(WANTED, "repair");
		this.time.advance(Duration.ofSeconds(10));
		this.reconciler.step(null, "repair");
		this.reconciler.leave();
		assertThat(this.reconciler.status().state()).isEqualTo(RegistrationState.LEFT);
		assertThat(this.reconciler.hiddenSinceMillis()).isEqualTo(BEGIN + 10_000);
	}

	@Test
	void aRegistryWithoutAWordForOutOfServiceHidesItOnce() {
		this.registry.says(Standing.removed());
		this.reconciler.step(WANTED, "repair");
		this.time.advance(Duration.ofSeconds(10));
		this.reconciler.step(WANTED, "repair");
		assertThat(this.reconciler.status())
			.isEqualTo(new RegistrationStatus(RegistrationState.NOT_WANTED, "orders-1", null, BEGIN));
		assertThat(this.reconciler.hiddenSinceMillis()).isEqualTo(BEGIN);
	}

	@Test
	void sinceWhenItIsLostStaysWhileTheReasonChanges() {
		this.registry.says(Standing.registered(true));
		this.reconciler.step(WANTED, null);
		this.time.advance(Duration.ofSeconds(10));
		this.registry.fails(ScriptedRegistry.failure("not allowed", false));
		this.reconciler.step(WANTED, null);
		assertThat(this.reconciler.status().isLost()).isTrue();
		assertThat(this.reconciler.status().sinceMillis()).isEqualTo(BEGIN + 10_000);
		this.time.advance(Duration.ofSeconds(10));
		this.registry.fails(ScriptedRegistry.failure("no answer", true));
		this.reconciler.step(WANTED, null);
		assertThat(this.reconciler.status().state()).isEqualTo(RegistrationState.AWAY);
		assertThat(this.reconciler.status().sinceMillis()).isEqualTo(BEGIN + 10_000);
	}

	@Test
	void waitsLongerAfterEachFailureUpToFiveSeconds() {
		this.registry.fails(ScriptedRegistry.failure("no answer", true));
		Duration[] rests = new Duration[7];
		for (int i = 0; i < rests.length; i++) {
			rests[i] = this.reconciler.step(WANTED, null);
		}
		assertThat(rests).extracting(Duration::toMillis).containsExactly(250L, 500L, 1000L, 2000L, 4000L, 5000L, 5000L);
		assertThat(this.reconciler.status().state()).isEqualTo(RegistrationState.AWAY);
	}

	@Test
	void aStepThatFailsUnexpectedlyIsSeenAndTriedAgainWithTheSameRests() {
		IllegalStateException error = new IllegalStateException("no address");
		assertThat(this.reconciler.failed(error)).isEqualTo(Duration.ofMillis(250));
		assertThat(this.reconciler.failed(error)).isEqualTo(Duration.ofMillis(500));
		assertThat(this.reconciler.status().error()).contains("no address");
		this.registry.says(Standing.registered(true));
		this.reconciler.step(WANTED, null);
		assertThat(this.reconciler.status().state()).isEqualTo(RegistrationState.REGISTERED);
	}

	@Test
	void whatIsNotWantedIsTakenOut() {
		this.registry.says(Standing.registered(true));
		this.reconciler.step(WANTED, null);
		this.reconciler.step(null, null);
		assertThat(this.registry.asked()).containsExactly("confirm orders-1", "remove");
		assertThat(this.reconciler.status())
			.isEqualTo(new RegistrationStatus(RegistrationState.NOT_WANTED, "orders-1", null, BEGIN));
	}

	@Test
	void leavingTriesOnceAndEndsInAnyCase(CapturedOutput output) {
		this.registry.fails(ScriptedRegistry.failure("no leader", false));
		this.reconciler.leave();
		assertThat(this.registry.asked()).containsExactly("remove");
		assertThat(this.reconciler.status().state()).isEqualTo(RegistrationState.LEFT);
		assertThat(output.getAll()).contains("registration=left-behind registry=scripted", "no leader");
	}

}
