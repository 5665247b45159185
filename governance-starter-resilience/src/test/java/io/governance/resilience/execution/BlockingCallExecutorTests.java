// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.governance.context.CallContext;
import io.governance.execution.Deadline;
import io.governance.policy.Call;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Permit.Abort;
import io.governance.policy.Permit.Fault;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.test.ManualTimeSource;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link BlockingCallExecutor}.
 */
class BlockingCallExecutorTests {

	private final ExecutorFixture fixture = new ExecutorFixture();

	private final List<Long> pauses = new ArrayList<>();

	@AfterEach
	void clearInterrupt() {
		Thread.interrupted();
	}

	@Test
	void waitsBetweenAttemptsAndDiscardsWhatNobodyReads() throws IOException {
		Scripted exchange = new Scripted(503, 503, 200);
		assertThat(execute(exchange, 3, Duration.ofSeconds(10))).isEqualTo(200);
		assertThat(this.pauses).hasSize(2).allMatch((nanos) -> nanos > 0 && nanos <= 100_000_000);
		assertThat(exchange.discarded).containsExactly(503, 503);
	}

	@Test
	void waitsAtLeastAsLongAsTheCalleeAsksAndNoLongerAfterwards() throws IOException {
		Scripted exchange = new Scripted(503, 503, 200);
		exchange.retryAfter = "2";
		exchange.beforeAnswer = () -> exchange.retryAfter = (exchange.attempts.size() == 1) ? "2" : null;
		assertThat(execute(exchange, 3, Duration.ofSeconds(10))).isEqualTo(200);
		assertThat(this.pauses.get(0)).isBetween(2_000_000_000L, 2_100_000_000L);
		assertThat(this.pauses.get(1)).isLessThanOrEqualTo(100_000_000);
	}

	@Test
	void aCalleeThatAsksForMoreTimeThanThereIsIsNotTriedAgain() throws IOException {
		Scripted exchange = new Scripted(503, 200);
		exchange.retryAfter = "2";
		assertThat(execute(exchange, 2, Duration.ofMillis(1900))).isEqualTo(503);
		exchange.retryAfter = "6";
		assertThat(execute(exchange, 2, Duration.ofMinutes(1))).as("more than the rule allows").isEqualTo(503);
		assertThat(this.pauses).isEmpty();
	}

	@Test
	void anInstanceThatDidNothingAsksForItselfOnly() throws IOException {
		Scripted exchange = new Scripted(503, 200);
		exchange.retryAfter = "60";
		exchange.notProcessed = true;
		assertThat(execute(exchange, 2, null)).isEqualTo(200);
		assertThat(this.pauses).singleElement().satisfies((nanos) -> assertThat(nanos).isLessThan(200_000_000));
	}

	@Test
	void doesNotWaitLongerThanTheDeadlineAllows() throws IOException {
		Scripted exchange = new Scripted(503, 200);
		exchange.beforeAnswer = () -> this.fixture.time.advance(Duration.ofMillis(950));
		assertThat(execute(exchange, 2, Duration.ofSeconds(1))).isEqualTo(503);
		assertThat(this.pauses).isEmpty();
		assertThat(exchange.discarded).isEmpty();
	}

	@Test
	void eachAttemptIsToldTheTimeThatIsLeft() throws IOException {
		Scripted exchange = new Scripted(503, 200);
		exchange.beforeAnswer = () -> this.fixture.time.advance(Duration.ofMillis(400));
		execute(exchange, 2, Duration.ofSeconds(1));
		assertThat(exchange.attempts.get(0).timeout()).isEqualTo(Duration.ofSeconds(1));
		assertThat(exchange.attempts.get(1).timeout()).isBetween(Duration.ofMillis(500), Duration.ofMillis(600));
	}

	@Test
	void anInstanceIsToBlameForNoAnswerOnlyIfItHadHalfOfTheTimeThatRulesGive() throws IOException {
		ManualTimeSource afterwards = new ManualTimeSource();
		afterwards.advance(Duration.ofHours(1));
		List<Outcome.Kind> verdicts = new ArrayList<>();
		Scripted exchange = new Scripted(503, 200);
		exchange.beforeAnswer = () -> {
			verdicts.add(exchange.attempts.get(0).tried().expired(afterwards));
			this.fixture.time.advance(Duration.ofMillis(600));
		};
		execute(exchange, 2, Duration.ofSeconds(1));
		assertThat(verdicts).containsExactly(Outcome.Kind.TIMEOUT, Outcome.Kind.CANCELLED);
	}

	@Test
	void aRequestThatCannotBeSentAgainIsNot() throws IOException {
		Scripted exchange = new Scripted(503, 200);
		exchange.repeatable = false;
		assertThat(execute(exchange, 2, null)).isEqualTo(503);
	}

	@Test
	void nothingIsKeptForAnAttemptThatCannotFollow() throws IOException {
		Scripted exchange = new Scripted(503, 200);
		List<Long> kept = new ArrayList<>();
		exchange.beforeAnswer = () -> kept.add(exchange.attempts.get(kept.size()).keepBodyBytes());
		execute(exchange, 2, null);
		assertThat(kept).containsExactly(0L, Attempt.KEEP_NOTHING);
	}

	@Test
	void theClientsErrorComesOutAsItIs() {
		Scripted exchange = new Scripted(503);
		exchange.error = new ConnectException("refused");
		assertThatThrownBy(() -> execute(exchange, 1, Duration.ofSeconds(1))).isSameAs(exchange.error);
		assertReleased(Outcome.Kind.CONNECT_FAILURE);
	}

	@Test
	void aBugInTheClientGivesPermitsBack() {
		Scripted exchange = new Scripted(503);
		exchange.bug = new IllegalStateException("a bug");
		assertThatThrownBy(() -> execute(exchange, 2, null)).isSameAs(exchange.bug);
		assertReleased(Outcome.Kind.ERROR);
	}

	@Test
	void anErrorAfterTheDeadlineIsATimeoutWithTheErrorAsItsCause() {
		Scripted exchange = new Scripted(503);
		exchange.error = new IOException("closed");
		exchange.beforeAnswer = () -> this.fixture.time.advance(Duration.ofSeconds(2));
		assertThatThrownBy(() -> execute(exchange, 2, Duration.ofSeconds(1))).isInstanceOf(CallTimeoutException.class)
			.hasMessage("call to inventory timed out: no response after 2000 ms, attempts=1, by timeout/timeout")
			.hasCause(exchange.error);
		assertReleased(Outcome.Kind.TIMEOUT);
	}

	@Test
	void anInterruptedCallIsCancelledAndStaysInterrupted() {
		Scripted exchange = new Scripted(503);
		exchange.error = new IOException("Request was interrupted");
		exchange.beforeAnswer = () -> Thread.currentThread().interrupt();
		assertThatThrownBy(() -> execute(exchange, 2, null)).isSameAs(exchange.error);
		assertReleased(Outcome.Kind.CANCELLED);
		assertThat(Thread.currentThread().isInterrupted()).isTrue();
	}

	@Test
	void anInterruptWhileWaitingForAnAttemptEndsTheCall() {
		Scripted exchange = new Scripted(503, 200);
		BlockingCallExecutor executor = new BlockingCallExecutor(this.fixture.execution(2, null, TimeSource.system()));
		exchange.beforeAnswer = () -> Thread.currentThread().interrupt();
		assertThatThrownBy(() -> executor.execute(this.fixture.call, CallContext.NONE, exchange))
			.isInstanceOf(InterruptedIOException.class);
		assertThat(exchange.attempts).hasSize(1);
		assertThat(this.fixture.calls.held()).isZero();
		assertThat(Thread.currentThread().isInterrupted()).isTrue();
	}

	@Test
	void anInterruptWhileWaitingForADecisionGivesALatePermitBack() {
		CompletableFuture<Decision> late = new CompletableFuture<>();
		CompletableFuture<Permit> permit = new CompletableFuture<>();
		this.fixture.calls.answer((held) -> {
			permit.complete(held);
			return new Decision.Pending(late, Duration.ofMinutes(1).toNanos());
		});
		Thread.currentThread().interrupt();
		assertThatThrownBy(() -> execute(new Scripted(200), 1, null)).isInstanceOf(InterruptedIOException.class);
		late.complete(new Decision.Admitted(permit.join()));
		assertThat(this.fixture.calls.releases()).extracting(Outcome::kind).containsExactly(Outcome.Kind.CANCELLED);
	}

	@Test
	void aDelayThatUsesUpTheTimeLeavesNoAttempt() {
		this.fixture.attempts.answer((permit) -> new Decision.Delayed(permit, Duration.ofMillis(900).toNanos()));
		Scripted exchange = new Scripted(200);
		BlockingCallExecutor slow = new BlockingCallExecutor(this.fixture.execution(1, Duration.ofSeconds(1)),
				(nanos) -> this.fixture.time.advance(Duration.ofSeconds(2)));
		assertThatThrownBy(() -> slow.execute(this.fixture.call, CallContext.NONE, exchange))
			.isInstanceOf(CallRejectedException.class)
			.hasMessageContaining("deadline-exceeded");
		assertThat(exchange.attempts).isEmpty();
		assertThat(this.fixture.attempts.held()).isZero();
		assertThat(this.fixture.calls.held()).isZero();
	}

	private void inject(String delay, String abort) {
		Fault fault = new Fault("fault/one", Duration.parse(delay).toNanos(),
				(abort != null) ? Abort.parse(abort) : null);
		this.fixture.attempts.answer((permit) -> new Decision.Admitted(new ExecutorFixture.Faulty(permit, fault)));
	}

	@Test
	void anInjectedAnswerIsAnAnswerToEverybodyAround() throws IOException {
		inject("PT0S", "503");
		Scripted exchange = new Scripted(200, 200);
		assertThat(execute(exchange, 2, Duration.ofSeconds(10))).isEqualTo(503);
		assertThat(exchange.attempts).isEmpty();
		assertThat(exchange.discarded).containsExactly(503);
		assertThat(this.fixture.attempts.releases()).extracting(Outcome::status).containsExactly(503, 503);
		assertThat(this.fixture.calls.releases()).extracting(Outcome::status).containsExactly(503);
	}

	@Test
	void anInjectedFailureIsOfTheClassOfARealOne() {
		inject("PT0S", "connect");
		assertThatThrownBy(() -> execute(new Scripted(200), 1, null)).isInstanceOf(ConnectException.class)
			.hasMessage("Connection refused (fault/one)");
		assertReleased(Outcome.Kind.CONNECT_FAILURE);
	}

	@Test
	void anInjectedResetIsABrokenConnection() {
		inject("PT0S", "reset");
		assertThatThrownBy(() -> execute(new Scripted(200), 1, null)).isInstanceOf(SocketException.class);
		assertReleased(Outcome.Kind.RESET);
	}

	@Test
	void aDelayedAttemptIsSentWithTheTimeThatIsLeftAndTakesAllOfIt() throws IOException {
		inject("PT0.6S", null);
		ManualTimeSource afterwards = new ManualTimeSource();
		afterwards.advance(Duration.ofHours(1));
		Scripted exchange = new Scripted(200);
		assertThat(execute(exchange, 1, Duration.ofSeconds(1))).isEqualTo(200);
		assertThat(this.pauses).containsExactly(600_000_000L);
		Attempt sent = exchange.attempts.get(0);
		assertThat(sent.timeout()).isEqualTo(Duration.ofMillis(400));
		assertThat(sent.headers()).containsEntry("x-governance-timeout-ms", "400");
		// the instance had less than half of the time: it is not to blame for no answer
		assertThat(sent.tried().expired(afterwards)).isEqualTo(Outcome.Kind.CANCELLED);
		assertThat(this.fixture.attempts.releases()).extracting(Outcome::nanos).containsExactly(600_000_000L);
	}

	@Test
	void aClientThatGivesUpBeforeTheTimeOfADelayedAttemptIsNotLate() {
		inject("PT0.6S", null);
		Scripted exchange = new Scripted(200);
		exchange.error = new SocketTimeoutException("Read timed out");
		exchange.beforeAnswer = () -> this.fixture.time.advance(Duration.ofMillis(100));
		assertThatThrownBy(() -> execute(exchange, 1, Duration.ofSeconds(1))).isSameAs(exchange.error);
	}

	@Test
	void aDelayWithoutAnyTimeoutIsWaitedFor() throws IOException {
		inject("PT1H", "500");
		assertThat(execute(new Scripted(200), 1, null)).isEqualTo(500);
		assertThat(this.pauses).containsExactly(Duration.ofHours(1).toNanos());
	}

	@Test
	void noRuleIsNamedWhereItIsTheTimeOfTheCaller() {
		Scripted exchange = new Scripted(503);
		exchange.error = new IOException("closed");
		exchange.beforeAnswer = () -> this.fixture.time.advance(Duration.ofSeconds(2));
		Deadline given = Deadline.in(this.fixture.time, Duration.ofMillis(500));
		CallContext context = new CallContext(given, 0, Map.of(), null, Call.Priority.DEFAULT);
		assertThatThrownBy(() -> execute(exchange, 2, Duration.ofSeconds(1), context))
			.isInstanceOf(CallTimeoutException.class)
			.hasMessage("call to inventory timed out: no response after 2000 ms, attempts=1");
		assertThatThrownBy(() -> execute(exchange, 2, Duration.ofSeconds(1), context)).isInstanceOfSatisfying(
				CallRejectedException.class,
				(late) -> assertThat(late.rejection()).isEqualTo(Rejection.of(Reason.DEADLINE_EXCEEDED)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT1S", "PT1.5S", "PT1H" })
	void aDelayBeyondTheTimeIsATimeoutWhenTheTimeIsUp(String delay) {
		inject(delay, "503");
		Scripted exchange = new Scripted(200);
		assertThatThrownBy(() -> execute(exchange, 1, Duration.ofSeconds(1))).isInstanceOf(CallTimeoutException.class)
			.hasMessage("call to inventory timed out: no response after 1000 ms, attempts=1, by timeout/timeout");
		assertThat(this.pauses).containsExactly(1_000_000_000L);
		assertThat(exchange.attempts).isEmpty();
		assertReleased(Outcome.Kind.TIMEOUT);
	}

	@Test
	void anInterruptEndsADelay() {
		inject("PT1H", null);
		BlockingCallExecutor executor = new BlockingCallExecutor(this.fixture.execution(1, null, TimeSource.system()));
		Scripted exchange = new Scripted(200);
		Thread.currentThread().interrupt();
		assertThatThrownBy(() -> executor.execute(this.fixture.call, CallContext.NONE, exchange))
			.isInstanceOf(InterruptedIOException.class);
		assertThat(exchange.attempts).isEmpty();
		assertReleased(Outcome.Kind.CANCELLED);
	}

	private int execute(Scripted exchange, int attempts, Duration total) throws IOException {
		return execute(exchange, attempts, total, CallContext.NONE);
	}

	private int execute(Scripted exchange, int attempts, Duration total, CallContext context) throws IOException {
		BlockingCallExecutor executor = new BlockingCallExecutor(this.fixture.execution(attempts, total), (nanos) -> {
			this.pauses.add(nanos);
			this.fixture.time.advance(Duration.ofNanos(nanos));
		});
		return executor.execute(this.fixture.call, context, exchange);
	}

	private void assertReleased(Outcome.Kind kind) {
		assertThat(this.fixture.attempts.releases()).extracting(Outcome::kind).containsExactly(kind);
		assertThat(this.fixture.calls.releases()).extracting(Outcome::kind).containsExactly(kind);
	}

	/**
	 * Answers with one status after the other.
	 */
	private static final class Scripted implements BlockingExchange<Integer> {

		private final int[] statuses;

		private final List<Attempt> attempts = new ArrayList<>();

		private final List<Integer> discarded = new ArrayList<>();

		private boolean repeatable = true;

		private boolean notProcessed;

		private @Nullable String retryAfter;

		private IOException error;

		private RuntimeException bug;

		private Runnable beforeAnswer = () -> {
		};

		Scripted(int... statuses) {
			this.statuses = statuses;
		}

		@Override
		public Integer send(Attempt attempt) throws IOException {
			this.attempts.add(attempt);
			this.beforeAnswer.run();
			if (this.error != null) {
				throw this.error;
			}
			if (this.bug != null) {
				throw this.bug;
			}
			return this.statuses[attempt.number() - 1];
		}

		@Override
		public Integer answer(int status, String rule) {
			return status;
		}

		@Override
		public ResponseHead head(Integer response) {
			return new ResponseHead(response, this.notProcessed, (response == 503) ? this.retryAfter : null);
		}

		@Override
		public boolean isRepeatable() {
			return this.repeatable;
		}

		@Override
		public void discard(Integer response, long boundNanos) {
			this.discarded.add(response);
		}

	}

}
