// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.admission;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Function;

import io.governance.execution.Deadline;
import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.time.TimeSource;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link ReactiveAdmission}.
 */
class ReactiveAdmissionTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final long MINUTE = Duration.ofMinutes(1).toNanos();

	private final List<Outcome.Kind> releases = new CopyOnWriteArrayList<>();

	private final Permit permit = (outcome) -> this.releases.add(outcome.kind());

	private final CompletableFuture<Decision> answer = new CompletableFuture<>();

	private final Decision pending = new Decision.Pending(this.answer, MINUTE);

	private final Decision delayed = new Decision.Delayed(this.permit, MINUTE);

	@Test
	void whatIsAdmittedRunsAfterItsWait() {
		this.answer.complete(new Decision.Delayed(this.permit, 1_000));
		assertThat(follow(this.pending, (lease) -> Mono.just("done")).block(PATIENCE)).isEqualTo("done");
		assertThat(this.releases).isEmpty();
	}

	@Test
	void whatIsTakenOverIsNotGivenBackHere() {
		Disposable call = follow(new Decision.Admitted(this.permit), (lease) -> {
			lease.take();
			return Mono.never();
		}).subscribe();
		call.dispose();
		assertThat(this.releases).isEmpty();
	}

	@Test
	void workThatCannotBeginGivesThePermitBack() {
		assertThatThrownBy(() -> follow(new Decision.Admitted(this.permit), (lease) -> {
			throw new IllegalStateException("a bug");
		}).block(PATIENCE)).isInstanceOf(IllegalStateException.class);
		assertThat(this.releases).containsExactly(Outcome.Kind.CANCELLED);
	}

	@Test
	void cancellingDuringADelayGivesThePermitBack() {
		follow(this.delayed, (lease) -> Mono.just("done")).subscribe().dispose();
		assertThat(this.releases).containsExactly(Outcome.Kind.CANCELLED);
	}

	@Test
	void cancellingWhileADecisionIsPendingCancelsIt() {
		follow(this.pending, (lease) -> Mono.just("done")).subscribe().dispose();
		assertThat(this.answer).isCancelled();
	}

	@Test
	void cancellingBetweenDecisionAndUseGivesThePermitBack() {
		Disposable.Swap call = Disposables.swap();
		call.update(follow(this.pending, (lease) -> {
			call.dispose();
			return Mono.never();
		}).subscribe());
		this.answer.complete(new Decision.Admitted(this.permit));
		assertThat(this.releases).containsExactly(Outcome.Kind.CANCELLED);
	}

	@Test
	void aDecisionAndACancellationAtTheSameTimeLoseNoPermit() throws Exception {
		for (int i = 1; i <= 20_000; i++) {
			CompletableFuture<Decision> late = new CompletableFuture<>();
			Disposable call = follow(new Decision.Pending(late, MINUTE), (lease) -> Mono.never()).subscribe();
			CyclicBarrier start = new CyclicBarrier(2);
			CompletableFuture<Boolean> answered = CompletableFuture.supplyAsync(() -> {
				await(start);
				return late.complete(new Decision.Admitted(this.permit));
			});
			await(start);
			call.dispose();
			if (!answered.join()) {
				// cancelled first: the engine would give it back
				this.permit.release(PermitLease.cancelled());
			}
			assertThat(this.releases).as("call " + i).hasSize(1);
			this.releases.clear();
		}
	}

	@Test
	void aDecisionThatDoesNotComeIsARejectionAndCancelled() {
		assertThat(follow(new Decision.Pending(this.answer, 1_000), (lease) -> Mono.just("done")).block(PATIENCE))
			.isEqualTo(Reason.DECISION_TIMEOUT.name());
		assertThat(this.answer).isCancelled();
	}

	@Test
	void aRuleSaysWhatALateCallIsTold() {
		Decision.Pending pending = new Decision.Pending(this.answer, 1_000, Rejection.of(Reason.BULKHEAD_FULL));
		assertThat(follow(pending, (lease) -> Mono.just("done")).block(PATIENCE))
			.isEqualTo(Reason.BULKHEAD_FULL.name());
	}

	@Test
	void aDelayBeyondTheDeadlineIsARejectionAtOnce() {
		Deadline deadline = Deadline.in(TimeSource.system(), Duration.ofSeconds(5));
		Patience patience = new Patience(TimeSource.system(), deadline);
		ReactiveAdmission<String> admission = new ReactiveAdmission<>(patience, (lease) -> Mono.just("done"),
				(rejection) -> Mono.just(rejection.reason().name()));
		assertThat(admission.follow(this.delayed).block(PATIENCE)).isEqualTo(Reason.DEADLINE_EXCEEDED.name());
		assertThat(this.releases).containsExactly(Outcome.Kind.REJECTED);
	}

	private static Mono<String> follow(Decision decision, Function<PermitLease, Mono<String>> admitted) {
		return new ReactiveAdmission<>(new Patience(TimeSource.system(), null), admitted,
				(rejection) -> Mono.just(rejection.reason().name()))
			.follow(decision);
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
