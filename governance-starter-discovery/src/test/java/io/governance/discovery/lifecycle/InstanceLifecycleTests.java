// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.governance.discovery.LaterTasks;
import io.governance.discovery.ManualTime;
import io.governance.discovery.lifecycle.LeaveSettings.WaitFor;
import io.governance.discovery.registration.InstanceRegistrar;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InstanceLifecycle}.
 */
class InstanceLifecycleTests {

	private final List<String> steps = new CopyOnWriteArrayList<>();

	private final RecordingRegistrar registrar = new RecordingRegistrar(this.steps);

	private final LaterTasks later = new LaterTasks();

	private final GenericApplicationContext context = new GenericApplicationContext();

	private final ManualTime time = new ManualTime();

	@AfterEach
	void stop() {
		// nobody to wait for
		this.registrar.listedBefore(null);
		this.context.close();
		this.later.shutdownNow();
	}

	@Test
	void leavesTheRegistriesBeforeAnythingElseHearsOfTheEnd() {
		InstanceLifecycle lifecycle = start(Duration.ofMillis(20), WaitFor.REGISTERED);
		this.context.addApplicationListener((ApplicationListener<ContextClosedEvent>) (event) -> this.steps
			.add("closed " + lifecycle.status().state()));
		ready(true);
		this.context.close();
		assertThat(this.steps).containsExactly("ACCEPTING_TRAFFIC IN_SERVICE", "REFUSING_TRAFFIC LEAVING", "taken-out",
				"closed STOPPING");
		assertThat(lifecycle.status().state()).isEqualTo(InstanceState.STOPPING);
	}

	@Test
	void waitsForNobodyWhereNothingWasEverRegistered() {
		start(Duration.ofMinutes(1), WaitFor.REGISTERED);
		this.registrar.listedBefore(null);
		this.context.close();
		assertThat(this.steps).containsExactly("taken-out");
	}

	@Test
	void waitsForNobodyWhereCallersHaveHadTheTime() {
		InstanceLifecycle lifecycle = start(Duration.ofMinutes(1), WaitFor.REGISTERED);
		this.registrar.listedBefore(Duration.ofMinutes(2));
		this.context.close();
		assertThat(lifecycle.status().state()).isEqualTo(InstanceState.STOPPING);
	}

	@Test
	void waitsForTheRestOfTheTimeOnly() {
		InstanceLifecycle lifecycle = start(Duration.ofMinutes(1), WaitFor.REGISTERED);
		this.registrar.listedBefore(Duration.ofMinutes(1).minusMillis(10));
		this.context.close();
		assertThat(lifecycle.status().state()).isEqualTo(InstanceState.STOPPING);
	}

	@Test
	void leavesOnceHoweverOftenItIsStopped() {
		InstanceLifecycle lifecycle = start(Duration.ofMillis(20), WaitFor.REGISTERED);
		this.context.stop();
		this.context.close();
		lifecycle.stop();
		assertThat(this.steps).containsExactly("taken-out");
	}

	@Test
	void aContextThatStartsAgainIsBackInService() {
		InstanceLifecycle lifecycle = start(Duration.ZERO, WaitFor.REGISTERED);
		ready(true);
		this.context.stop();
		this.steps.clear();
		this.context.start();
		assertThat(lifecycle.status().state()).isEqualTo(InstanceState.IN_SERVICE);
		this.later.runAll();
		assertThat(this.steps).contains("ACCEPTING_TRAFFIC IN_SERVICE");
	}

	@Test
	void anOperatorTakesItOutAndPutsItBack() {
		InstanceLifecycle lifecycle = start(Duration.ofMillis(1), WaitFor.REGISTERED);
		ready(true);
		lifecycle.takeOut("repair");
		lifecycle.takeOut("again");
		assertThat(lifecycle.status().state()).isEqualTo(InstanceState.LEAVING);
		this.registrar.listedBefore(Duration.ofMillis(1));
		runLater();
		assertThat(lifecycle.status())
			.isEqualTo(new InstanceStatus(InstanceState.OUT_OF_SERVICE, this.time.epochMillis(), "repair"));
		lifecycle.putBack();
		lifecycle.putBack();
		runLater();
		assertThat(lifecycle.status().reason()).isNull();
		assertThat(this.steps).containsExactly("ACCEPTING_TRAFFIC IN_SERVICE", "out-of-service: repair",
				"REFUSING_TRAFFIC LEAVING", "ACCEPTING_TRAFFIC IN_SERVICE", "put-back");
	}

	@Test
	void anInstanceThatARegistryStillListsIsNotOutYet() {
		InstanceLifecycle lifecycle = start(Duration.ZERO, WaitFor.REGISTERED);
		ready(true);
		lifecycle.takeOut("repair");
		runLater();
		assertThat(lifecycle.status().state()).isEqualTo(InstanceState.LEAVING);
		this.registrar.listedBefore(Duration.ofMillis(1));
		this.later.runAll();
		assertThat(lifecycle.status().state()).isEqualTo(InstanceState.OUT_OF_SERVICE);
	}

	@Test
	void anInstanceOutOfServiceThatStopsLeavesTheRegistriesForGood() {
		InstanceLifecycle lifecycle = start(Duration.ZERO, WaitFor.REGISTERED);
		ready(true);
		lifecycle.takeOut("repair");
		runLater();
		this.steps.clear();
		this.context.stop();
		assertThat(this.steps).containsExactly("taken-out");
		this.context.start();
		this.later.runAll();
		assertThat(this.steps).as("it was not the end").endsWith("out-of-service: repair");
		assertThat(lifecycle.status().state()).isEqualTo(InstanceState.OUT_OF_SERVICE);
	}

	@Test
	void anApplicationThatTurnsReadyDoesNotEndWhatTheOperatorWants() {
		InstanceLifecycle lifecycle = start(Duration.ofMillis(1), WaitFor.REGISTERED);
		lifecycle.takeOut("repair");
		ready(true);
		this.registrar.listedBefore(null);
		runLater();
		assertThat(this.steps).containsSubsequence("ACCEPTING_TRAFFIC LEAVING", "REFUSING_TRAFFIC LEAVING")
			.contains("out-of-service: repair")
			.doesNotContain("put-back");
		assertThat(lifecycle.status().state()).isEqualTo(InstanceState.OUT_OF_SERVICE);
		lifecycle.putBack();
		assertThat(lifecycle.status().state()).isEqualTo(InstanceState.IN_SERVICE);
	}

	@Test
	void anOperatorWhoChangesHisMindLeavesItReadyWhateverComesLate() {
		InstanceLifecycle lifecycle = start(Duration.ofMillis(1), WaitFor.REGISTERED);
		ready(true);
		this.steps.clear();
		lifecycle.takeOut("repair");
		this.later.runAll();
		lifecycle.putBack();
		runLater();
		assertThat(this.steps).containsExactly("out-of-service: repair", "ACCEPTING_TRAFFIC IN_SERVICE", "put-back");
		lifecycle.putBack();
		lifecycle.takeOut("again");
		lifecycle.putBack();
		lifecycle.takeOut("at last");
		runLater();
		assertThat(this.steps).as("what was wanted in between is not done")
			.endsWith("put-back", "out-of-service: at last", "REFUSING_TRAFFIC LEAVING");
	}

	@Test
	void whoPutsItBackWhileOthersStillHearThatItLeavesHasTheLastWord() {
		this.context.addApplicationListener((ApplicationListener<AvailabilityChangeEvent<?>>) (event) -> {
			if (event.getState() == ReadinessState.REFUSING_TRAFFIC) {
				this.context.getBean(InstanceLifecycle.class).putBack();
			}
		});
		InstanceLifecycle lifecycle = start(Duration.ofMillis(1), WaitFor.REGISTERED);
		ready(true);
		lifecycle.takeOut("repair");
		runLater();
		assertThat(lifecycle.status().state()).isEqualTo(InstanceState.IN_SERVICE);
		assertThat(this.steps).endsWith("ACCEPTING_TRAFFIC IN_SERVICE", "put-back");
	}

	@Test
	void anApplicationThatIsNotReadyStaysSoWhenTheOperatorPutsItBack() {
		InstanceLifecycle lifecycle = start(Duration.ofMinutes(1), WaitFor.REGISTERED);
		ready(true);
		lifecycle.takeOut("repair");
		ready(false);
		lifecycle.putBack();
		assertThat(lifecycle.status().state()).isEqualTo(InstanceState.NOT_READY);
	}

	@Test
	void aRegistryThatFailsKeepsNoOtherFromItsWork() {
		InstanceRegistrar failing = new InstanceRegistrar() {

			@Override
			public String registry() {
				return "failing";
			}

			@Override
			public @Nullable Duration sinceListed() {
				return null;
			}

			@Override
			public void takeOut() {
				throw new IllegalStateException("away");
			}

			@Override
			public void putBack() {
				throw new IllegalStateException("away");
			}

		};
		start(List.of(failing, this.registrar), Duration.ZERO, WaitFor.REGISTERED);
		this.context.close();
		assertThat(this.steps).containsExactly("taken-out");
	}

	private InstanceLifecycle start(Duration leaveDelay, WaitFor waitFor) {
		return start(List.of(this.registrar), leaveDelay, waitFor);
	}

	private InstanceLifecycle start(List<InstanceRegistrar> registrars, Duration leaveDelay, WaitFor waitFor) {
		LeaveSettings settings = new LeaveSettings(leaveDelay, Duration.ofMillis(1), waitFor);
		this.context.registerBean(InstanceLifecycle.class, () -> new InstanceLifecycle(this.context, settings,
				registrars, this.later, () -> Runnable::run, this.time));
		this.context.refresh();
		InstanceLifecycle lifecycle = this.context.getBean(InstanceLifecycle.class);
		this.context.addApplicationListener((ApplicationListener<AvailabilityChangeEvent<?>>) (event) -> this.steps
			.add(event.getState() + " " + lifecycle.status().state()));
		return lifecycle;
	}

	/** What follows from what comes later, too. */
	private void runLater() {
		this.later.runAll();
		this.later.runAll();
		this.later.runAll();
	}

	private void ready(boolean ready) {
		AvailabilityChangeEvent.publish(this.context,
				ready ? ReadinessState.ACCEPTING_TRAFFIC : ReadinessState.REFUSING_TRAFFIC);
	}

}
