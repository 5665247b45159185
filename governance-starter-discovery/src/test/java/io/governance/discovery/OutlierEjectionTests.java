// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

import io.governance.context.Attempts;
import io.governance.discovery.metrics.DiscoveryMeters;
import io.governance.execution.Deadline;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Outcome;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.test.FakeCall;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.governance.discovery.SelectionFixture.CALL;
import static io.governance.discovery.SelectionFixture.instance;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of instances that do not answer as they should, by the built-in rules.
 */
@ExtendWith(OutputCaptureExtension.class)
class OutlierEjectionTests {

	private static final String BAD = "inventory-1";

	private static final int FAILURES = 10;

	private final SelectionFixture fixture = new SelectionFixture();

	@Test
	void anInstanceThatAnswersWithErrorsIsLeftOutAndComesBack() {
		instances(5);
		callsWithABadOne((selected) -> this.fixture.end(selected, 500));
		assertThat(this.fixture.status().ejected()).containsExactly(BAD);
		assertThat(this.fixture.counts(CALL, 1_000)).hasSize(4).doesNotContainKey(BAD);
		this.fixture.pass(Duration.ofSeconds(31));
		assertThat(this.fixture.status().ejected()).isEmpty();
		assertThat(this.fixture.counts(CALL, 1_000)).hasSize(5);
	}

	@Test
	void whatIsLeftOutIsAMeter() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		new DiscoveryMeters(this.fixture.views, List.of()).bindTo(meters);
		instances(5);
		assertThat(meters.get("governance.discovery.list.ejected").gauge().value()).isZero();
		callsWithABadOne((selected) -> this.fixture.end(selected, 500));
		assertThat(meters.get("governance.discovery.list.ejected").gauge().value()).isOne();
		assertThat(meters.get("governance.discovery.list.panic").gauge().value()).isZero();
		assertThat(meters.get("governance.discovery.list.empty").gauge().value()).isZero();
	}

	@Test
	void anInstanceThatBreaksItsAnswersOffIsLeftOut() {
		instances(5);
		callsWithABadOne((selected) -> {
			selected.answered(200, false);
			selected.failed(new IOException("connection reset"), false);
		});
		assertThat(this.fixture.status().ejected()).containsExactly(BAD);
	}

	@Test
	void anInstanceThatDoesNotAnswerInTimeIsLeftOut() {
		instances(5);
		callsWithABadOne((selected) -> selected.failed(new TimeoutException(), false));
		assertThat(this.fixture.status().ejected()).containsExactly(BAD);
	}

	@Test
	void anAttemptThatIsStoppedWhenItsTimeIsUpCountsAsATimeoutIfItHadTimeEnough() {
		instances(5);
		stopAttemptsWhenTheirTimeIsUp(false);
		assertThat(this.fixture.status().ejected()).as("the caller had no time").isEmpty();
		stopAttemptsWhenTheirTimeIsUp(true);
		assertThat(this.fixture.status().ejected()).isNotEmpty();
	}

	private void stopAttemptsWhenTheirTimeIsUp(boolean enough) {
		for (int i = 0; i < 5 * FAILURES; i++) {
			Attempts attempts = new Attempts();
			attempts.begin(1, new Attempts.Time(Deadline.in(this.fixture.time, Duration.ofMillis(10)), enough));
			SelectedInstance selected = this.fixture.select(CALL, attempts);
			this.fixture.time.advance(Duration.ofMillis(10));
			selected.cancelled();
		}
		this.fixture.timer.runAll();
	}

	@Test
	void whatTheCallerDoesNeverCounts() {
		instances(5);
		callsWithABadOne(SelectedInstance::cancelled);
		callsWithABadOne((selected) -> selected.failed(new IOException("the body"), true));
		callsWithABadOne((selected) -> selected
			.failed(new CallRejectedException("inventory", Rejection.of(Reason.CIRCUIT_OPEN)), false));
		callsWithABadOne((selected) -> selected.failed(new PoolAcquireTimeoutException(), false));
		callsWithABadOne((selected) -> selected.end(Outcome.response(503, true, 1_000_000)));
		assertThat(this.fixture.status()).isEqualTo(ServiceStatus.Selection.NONE);
	}

	@Test
	void aSelectionThatNobodyWaitsForAnyMoreIsGivenUp() {
		this.fixture.views.viewAsync("inventory");
		CompletableFuture<SelectedInstance> later = this.fixture.views.selectAsync(CALL, null);
		later.cancel(true);
		instances(1);
		SelectedInstance only = this.fixture.select(CALL, null);
		only.cancelled();
		only.end(Outcome.response(500, false, 1));
		assertThat(this.fixture.views.view("inventory").endpoints().get(0).active()).isZero();
	}

	@Test
	void anAttemptIsUnderWayFromThePickToTheHeadOfTheResponse() {
		instances(1);
		Endpoint endpoint = this.fixture.views.view("inventory").endpoints().get(0);
		SelectedInstance selected = this.fixture.select(CALL, null);
		assertThat(endpoint.active()).isOne();
		this.fixture.time.advance(Duration.ofMillis(20));
		assertThat(selected.answered(200, false)).isTrue();
		assertThat(endpoint.active()).isZero();
		assertThat(endpoint.cost(this.fixture.time.nanoTime())).isEqualTo(20e6);
		this.fixture.time.advance(Duration.ofMinutes(1));
		selected.completed();
		selected.end(Outcome.response(500, false, 1));
		assertThat(endpoint.active()).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 50, 100 })
	void whenTooManyAreBadAllAreCalledAndThatIsSaidOnce(int maxEjected, CapturedOutput output) {
		this.fixture.rules("outlier-detection: {default: {max-ejected: " + maxEjected + "}}");
		instances(5);
		for (int i = 0; i < 200; i++) {
			this.fixture.end(this.fixture.select(CALL, null), 500);
			this.fixture.timer.runAll();
		}
		assertThat(this.fixture.status().panic()).isTrue();
		assertThat(this.fixture.counts(CALL, 1_000)).hasSize(5);
		assertThat(output.getAll()).containsOnlyOnce("state=PANIC");
		this.fixture.pass(Duration.ofSeconds(31));
		assertThat(this.fixture.status().panic()).isFalse();
		assertThat(output.getAll()).containsOnlyOnce("state=CALM");
	}

	@Test
	void aRuleThatIsOffEjectsNothing() {
		this.fixture.rules("outlier-detection: {default: {enforcement: OFF}}");
		instances(5);
		callsWithABadOne((selected) -> this.fixture.end(selected, 500));
		assertThat(this.fixture.status().ejected()).isEmpty();
	}

	@Test
	void aRefusedConnectionIsEnoughToBeAvoidedAtOnce() {
		instances(3);
		SelectedInstance selected = this.fixture.select(CALL, null);
		String refused = selected.instance().id();
		selected.failed(new ConnectException("refused"), false);
		assertThat(this.fixture.counts(CALL, 1_000)).as("before the timer ran").hasSize(2).doesNotContainKey(refused);
		this.fixture.timer.runAll();
		assertThat(this.fixture.status().avoided()).isOne();
		assertThat(this.fixture.counts(CALL, 1_000)).hasSize(2).doesNotContainKey(refused);
		this.fixture.pass(Duration.ofSeconds(30));
		assertThat(this.fixture.counts(CALL, 1_000)).hasSize(3);
	}

	@Test
	void refusedConnectionsDoNotMakePanic() {
		instances(5);
		for (int i = 0; i < 3; i++) {
			this.fixture.select(CALL, null).failed(new ConnectException("refused"), false);
			this.fixture.timer.runAll();
		}
		assertThat(this.fixture.status().panic()).isFalse();
		assertThat(this.fixture.counts(CALL, 1_000)).hasSize(2);
	}

	@Test
	void whatAServiceThatIsNoLongerFollowedReportsDoesNoHarm() {
		instances(1);
		SelectedInstance selected = this.fixture.select(CALL, null);
		this.fixture.source.lists("inventory");
		this.fixture.views.forgetUnused();
		this.fixture.time.advance(Duration.ofHours(1));
		this.fixture.views.forgetUnused();
		assertThat(this.fixture.source.isFollowed("inventory")).isFalse();
		selected.failed(new ConnectException("refused"), false);
		assertThat(this.fixture.views.status("inventory")).isNull();
	}

	private void instances(int size) {
		this.fixture
			.instances(IntStream.rangeClosed(1, size).mapToObj((i) -> instance(i, Map.of())).toArray(Instance[]::new));
	}

	/**
	 * Calls until the bad instance has ended so many times as said.
	 */
	private void callsWithABadOne(java.util.function.Consumer<SelectedInstance> ending) {
		int failures = 0;
		for (int i = 0; i < 1_000 && failures < FAILURES; i++) {
			SelectedInstance selected = this.fixture.select(FakeCall.to("inventory"), null);
			if (selected.instance().id().equals(BAD)) {
				failures++;
				ending.accept(selected);
			}
			else {
				this.fixture.end(selected, 200);
			}
			this.fixture.time.advance(Duration.ofMillis(1));
		}
		this.fixture.timer.runAll();
	}

	/** As Reactor Netty names it. */
	private static final class PoolAcquireTimeoutException extends TimeoutException {

		private static final long serialVersionUID = 1L;

	}

}
