// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import io.governance.client.SubscriberContext;
import io.governance.context.CallContext;
import io.governance.policy.Call.Priority;
import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Permit.Abort;
import io.governance.policy.Permit.Fault;
import io.governance.time.TimeSource;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link ReactiveCallExecutor}.
 */
@SuppressWarnings("try")
class ReactiveCallExecutorTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final ExecutorFixture fixture = new ExecutorFixture();

	private final AtomicBoolean sendingCancelled = new AtomicBoolean();

	@Test
	void waitsBetweenAttemptsAndDiscardsWhatNobodyReads() {
		Scripted exchange = new Scripted((attempt) -> Mono.just((attempt.number() < 3) ? 503 : 200));
		assertThat(execute(exchange, 3).block(PATIENCE)).isEqualTo(200);
		assertThat(exchange.discarded).containsExactly(503, 503);
		assertThat(this.fixture.attempts.releases()).extracting(Outcome::status).containsExactly(503, 503, 200);
		assertThat(this.fixture.calls.releases()).extracting(Outcome::status).containsExactly(200);
	}

	@Test
	void nothingHappensBeforeSubscription() {
		Scripted exchange = new Scripted((attempt) -> Mono.just(200));
		assertThat(execute(exchange, 1)).isNotNull();
		assertThat(this.fixture.calls.calls()).isEmpty();
	}

	@Test
	void cancellingWhileSendingGivesPermitsBackAndAbandonsTheAttempt() {
		Disposable call = execute(new Scripted((attempt) -> hanging()), 1).subscribe();
		assertThat(this.fixture.attempts.held()).isEqualTo(1);
		call.dispose();
		assertThat(this.sendingCancelled).isTrue();
		assertCancelledOnce();
	}

	@Test
	void cancellingWhileAnAttemptIsDelayedGivesPermitsBack() {
		this.fixture.attempts.answer((permit) -> new Decision.Delayed(permit, Duration.ofMinutes(1).toNanos()));
		execute(new Scripted((attempt) -> Mono.just(200)), 1).subscribe().dispose();
		assertCancelledOnce();
	}

	@Test
	void cancellingWhileADecisionIsPendingGivesALatePermitBack() {
		CompletableFuture<Decision> late = new CompletableFuture<>();
		CompletableFuture<Permit> permit = new CompletableFuture<>();
		this.fixture.attempts.answer((held) -> {
			permit.complete(held);
			return new Decision.Pending(late, Duration.ofMinutes(1).toNanos());
		});
		execute(new Scripted((attempt) -> Mono.just(200)), 1).subscribe().dispose();
		assertThat(this.fixture.attempts.held()).isEqualTo(1);
		late.complete(new Decision.Admitted(permit.join()));
		assertCancelledOnce();
	}

	@Test
	void cancellingAfterTheResponseReleasesNothingTwice() {
		execute(new Scripted((attempt) -> Mono.just(200)), 1).then(Mono.never()).subscribe().dispose();
		assertThat(this.fixture.attempts.releases()).extracting(Outcome::status).containsExactly(200);
		assertThat(this.fixture.calls.releases()).hasSize(1);
	}

	@Test
	void anErrorThrownWhileSendingIsAnOutcomeToo() {
		Scripted exchange = new Scripted((attempt) -> {
			throw new IllegalStateException("a bug");
		});
		assertThatThrownBy(() -> execute(exchange, 2).block(PATIENCE)).isInstanceOf(IllegalStateException.class);
		assertThat(this.fixture.attempts.releases()).extracting(Outcome::kind).containsExactly(Outcome.Kind.ERROR);
		assertThat(this.fixture.calls.releases()).extracting(Outcome::kind).containsExactly(Outcome.Kind.ERROR);
	}

	@Test
	void anExchangeWithoutAResponseIsAnError() {
		assertThatThrownBy(() -> execute(new Scripted((attempt) -> Mono.empty()), 1).block(PATIENCE))
			.isInstanceOf(IllegalStateException.class);
		assertThat(this.fixture.calls.held()).isZero();
	}

	@Test
	void aCallThatTakesTooLongIsGivenUp() {
		CallExecution execution = this.fixture.execution(2, Duration.ofMillis(50), TimeSource.system());
		Scripted exchange = new Scripted((attempt) -> hanging());
		assertThatThrownBy(
				() -> new ReactiveCallExecutor(execution).execute(this.fixture.call, CallContext.NONE, exchange)
					.block(PATIENCE))
			.isInstanceOf(CallTimeoutException.class);
		assertThat(this.sendingCancelled).isTrue();
		assertThat(this.fixture.attempts.releases()).extracting(Outcome::kind).containsExactly(Outcome.Kind.TIMEOUT);
	}

	@Test
	void theSubscribersContextComesBeforeTheThreads() {
		CallContext inContext = new CallContext(null, 1, Map.of(), "subscriber", Priority.CRITICAL);
		CallContext onThread = new CallContext(null, 1, Map.of(), "thread", Priority.DEFAULT);
		try (var scope = onThread.makeCurrent()) {
			assertThat(SubscriberContext.of(Context.of(CallContext.KEY, inContext))).isSameAs(inContext);
			assertThat(SubscriberContext.of(Context.empty())).isSameAs(onThread);
		}
	}

	private Mono<Integer> hanging() {
		return Mono.<Integer>never().doOnCancel(() -> this.sendingCancelled.set(true));
	}

	private Mono<Integer> execute(Scripted exchange, int attempts) {
		return new ReactiveCallExecutor(this.fixture.execution(attempts, null)).execute(this.fixture.call,
				CallContext.NONE, exchange);
	}

	private void inject(Duration delay, String abort) {
		Fault fault = new Fault("fault/one", delay.toNanos(), (abort != null) ? Abort.parse(abort) : null);
		this.fixture.attempts.answer((permit) -> new Decision.Admitted(new ExecutorFixture.Faulty(permit, fault)));
	}

	private static Scripted neverSent() {
		return new Scripted((attempt) -> {
			throw new AssertionError("sent");
		});
	}

	@Test
	void anInjectedAnswerIsAnAnswerToEverybodyAround() {
		inject(Duration.ZERO, "503");
		Scripted exchange = neverSent();
		assertThat(execute(exchange, 2).block(PATIENCE)).isEqualTo(503);
		assertThat(exchange.discarded).containsExactly(503);
		assertThat(this.fixture.attempts.releases()).extracting(Outcome::status).containsExactly(503, 503);
	}

	@Test
	void anInjectedFailureIsOfTheClassOfARealOne() {
		inject(Duration.ofMillis(1), "connect");
		assertThatThrownBy(() -> execute(neverSent(), 1).block(PATIENCE)).hasCauseInstanceOf(ConnectException.class);
		assertThat(this.fixture.attempts.releases()).extracting(Outcome::kind)
			.containsExactly(Outcome.Kind.CONNECT_FAILURE);
	}

	@Test
	void aDelayedAttemptIsSentAfterTheDelay() {
		inject(Duration.ofMillis(20), null);
		TimeSource real = TimeSource.system();
		long start = real.nanoTime();
		assertThat(execute(new Scripted((attempt) -> Mono.just(200)), 1).block(PATIENCE)).isEqualTo(200);
		assertThat(real.nanoTime() - start).isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos());
	}

	@Test
	void aDelayBeyondTheTimeIsATimeoutWhenTheTimeIsUp() {
		inject(Duration.ofHours(1), "503");
		CallExecution execution = this.fixture.execution(2, Duration.ofMillis(50), TimeSource.system());
		assertThatThrownBy(
				() -> new ReactiveCallExecutor(execution).execute(this.fixture.call, CallContext.NONE, neverSent())
					.block(PATIENCE))
			.isInstanceOf(CallTimeoutException.class);
		assertThat(this.fixture.attempts.releases()).extracting(Outcome::kind).containsExactly(Outcome.Kind.TIMEOUT);
	}

	@Test
	void cancellingWhileAnAttemptIsHeldUpGivesPermitsBack() {
		inject(Duration.ofHours(1), null);
		execute(neverSent(), 1).subscribe().dispose();
		assertCancelledOnce();
	}

	private void assertCancelledOnce() {
		assertThat(this.fixture.attempts.releases()).extracting(Outcome::kind).containsExactly(Outcome.Kind.CANCELLED);
		assertThat(this.fixture.calls.releases()).extracting(Outcome::kind).containsExactly(Outcome.Kind.CANCELLED);
		assertThat(this.fixture.attempts.held()).isZero();
	}

	/**
	 * Answers as a function says.
	 */
	private static final class Scripted implements ReactiveExchange<Integer> {

		private final Function<Attempt, Mono<Integer>> answers;

		private final List<Integer> discarded = new ArrayList<>();

		Scripted(Function<Attempt, Mono<Integer>> answers) {
			this.answers = answers;
		}

		@Override
		public Mono<Integer> send(Attempt attempt) {
			return this.answers.apply(attempt);
		}

		@Override
		public Integer answer(int status, String rule) {
			return status;
		}

		@Override
		public ResponseHead head(Integer response) {
			return new ResponseHead(response, false, null);
		}

		@Override
		public boolean isRepeatable() {
			return true;
		}

		@Override
		public Mono<Void> discard(Integer response) {
			return Mono.fromRunnable(() -> this.discarded.add(response));
		}

	}

}
