// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.admission;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.governance.execution.Deadline;
import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.test.ManualTimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AsyncAdmissionTests {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private final ManualTimeSource time = new ManualTimeSource();

	private final List<Outcome.Kind> released = new ArrayList<>();

	private final Permit permit = (outcome) -> this.released.add(outcome.kind());

	private final List<Runnable> timers = new ArrayList<>();

	private final List<PermitLease> admitted = new ArrayList<>();

	private final List<Rejection> rejected = new ArrayList<>();

	private boolean closed;

	private AsyncAdmission admission(@Nullable Deadline deadline) {
		Timer timer = (task, nanos) -> {
			this.timers.add(task);
			return this.closed ? null : new CompletableFuture<>();
		};
		return new AsyncAdmission(timer, new Patience(this.time, deadline), this.admitted::add, this.rejected::add);
	}

	private void runTimers() {
		List.copyOf(this.timers).forEach(Runnable::run);
	}

	@Test
	void whatNeedsNoWaitIsToldAtOnce() {
		admission(null).follow(new Decision.Admitted(this.permit));
		admission(null).follow(new Decision.Rejected(Rejection.of(Reason.OVERLOADED)));
		assertThat(this.admitted).hasSize(1);
		assertThat(this.rejected).containsExactly(Rejection.of(Reason.OVERLOADED));
		assertThat(this.timers).isEmpty();
	}

	@Test
	void aDelayedCallGoesOnWhenItsTimeHasCome() {
		admission(null).follow(new Decision.Delayed(this.permit, SECOND));
		assertThat(this.admitted).isEmpty();
		runTimers();
		runTimers();
		assertThat(this.admitted).hasSize(1);
		assertThat(this.released).isEmpty();
	}

	@Test
	void aDelayBeyondTheDeadlineIsARejectionAtOnce() {
		admission(Deadline.in(this.time, Duration.ofMillis(999))).follow(new Decision.Delayed(this.permit, SECOND));
		assertThat(this.rejected).extracting(Rejection::reason).containsExactly(Reason.DEADLINE_EXCEEDED);
		assertThat(this.released).containsExactly(Outcome.Kind.REJECTED);
	}

	@Test
	void aDelayThatIsGivenUpGivesBackWhatItHolds() {
		AsyncAdmission admission = admission(null);
		admission.follow(new Decision.Delayed(this.permit, SECOND));
		admission.cancel();
		admission.cancel();
		runTimers();
		assertThat(this.released).containsExactly(Outcome.Kind.CANCELLED);
		assertThat(this.admitted).isEmpty();
	}

	@Test
	void aDecisionMadeElsewhereIsFollowed() {
		CompletableFuture<Decision> later = new CompletableFuture<>();
		admission(null).follow(new Decision.Pending(later, SECOND));
		later.complete(new Decision.Delayed(this.permit, SECOND));
		assertThat(this.admitted).isEmpty();
		runTimers();
		assertThat(this.admitted).hasSize(1);
		assertThat(this.rejected).isEmpty();
	}

	@Test
	void aDecisionThatDoesNotComeInTimeIsARejectionAndALatePermitComesBack() {
		CompletableFuture<Decision> later = new CompletableFuture<>();
		admission(null).follow(new Decision.Pending(later.thenApply((decision) -> decision), SECOND));
		runTimers();
		assertThat(this.rejected).extracting(Rejection::reason).containsExactly(Reason.DECISION_TIMEOUT);
		later.complete(new Decision.Admitted(this.permit));
		assertThat(this.admitted).isEmpty();
	}

	@Test
	void aDecisionThatFailsIsARejection() {
		CompletableFuture<Decision> later = new CompletableFuture<>();
		admission(null).follow(new Decision.Pending(later, SECOND));
		later.completeExceptionally(new IllegalStateException());
		runTimers();
		assertThat(this.rejected).hasSize(1);
	}

	@Test
	void whoGivesUpBeforeADecisionIsNotAsked() {
		CompletableFuture<Decision> later = new CompletableFuture<>();
		AsyncAdmission admission = admission(null);
		admission.follow(new Decision.Pending(later, SECOND));
		admission.cancel();
		assertThat(later).isCancelled();
		runTimers();
		assertThat(this.admitted).isEmpty();
		assertThat(this.rejected).isEmpty();
	}

	@Test
	void aProcessThatEndsTakesNoCallThatHasToWait() {
		this.closed = true;
		admission(null).follow(new Decision.Delayed(this.permit, SECOND));
		assertThat(this.rejected).extracting(Rejection::reason).containsExactly(Reason.INSTANCE_LEAVING);
		assertThat(this.released).containsExactly(Outcome.Kind.CANCELLED);
	}

}
