// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.admission;

import java.io.InterruptedIOException;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link BlockingAdmission}.
 */
class BlockingAdmissionTests {

	private static final long MINUTE = Duration.ofMinutes(1).toNanos();

	private final ManualTimeSource time = new ManualTimeSource();

	private final Patience second = new Patience(this.time, Deadline.in(this.time, Duration.ofSeconds(1)));

	private final Patience endless = new Patience(this.time, null);

	private final List<Outcome.Kind> releases = new ArrayList<>();

	private final Permit permit = (outcome) -> this.releases.add(outcome.kind());

	private final List<Long> pauses = new ArrayList<>();

	private final BlockingAdmission admission = new BlockingAdmission(this.pauses::add);

	@AfterEach
	void clearInterrupt() {
		Thread.interrupted();
	}

	@Test
	void aPlainDecisionStands() throws InterruptedIOException {
		Decision rejected = new Decision.Rejected(Rejection.of(Reason.OVERLOADED));
		assertThat(this.admission.settle(Decision.ADMITTED, this.second)).isSameAs(Decision.ADMITTED);
		assertThat(this.admission.settle(rejected, this.second)).isSameAs(rejected);
		assertThat(this.pauses).isEmpty();
	}

	@Test
	void aDelayIsWaitedForAndItsPermitKept() throws InterruptedIOException {
		assertThat(this.admission.settle(new Decision.Delayed(this.permit, 500), this.second))
			.isEqualTo(new Decision.Admitted(this.permit));
		assertThat(this.pauses).containsExactly(500L);
		assertThat(this.releases).isEmpty();
	}

	@Test
	void aDelayThatLeavesNoTimeIsARejectionAtOnce() throws InterruptedIOException {
		Decision delayed = new Decision.Delayed(this.permit, Duration.ofSeconds(1).toNanos());
		assertThat(this.admission.settle(delayed, this.second))
			.isEqualTo(new Decision.Rejected(Rejection.of(Reason.DEADLINE_EXCEEDED)));
		assertThat(this.pauses).isEmpty();
		assertThat(this.releases).containsExactly(Outcome.Kind.REJECTED);
	}

	@Test
	void anInterruptDuringADelayGivesThePermitBack() {
		BlockingAdmission parking = new BlockingAdmission(Pause.holding());
		Thread.currentThread().interrupt();
		assertThatThrownBy(() -> parking.settle(new Decision.Delayed(this.permit, MINUTE), this.endless))
			.isInstanceOf(InterruptedIOException.class);
		assertThat(this.releases).containsExactly(Outcome.Kind.CANCELLED);
		assertThat(Thread.currentThread().isInterrupted()).isTrue();
	}

	@Test
	void anAnswerMayAskForADelay() throws InterruptedIOException {
		CompletableFuture<Decision> answer = CompletableFuture.completedFuture(new Decision.Delayed(this.permit, 500));
		assertThat(this.admission.settle(new Decision.Pending(answer, MINUTE), this.second))
			.isEqualTo(new Decision.Admitted(this.permit));
		assertThat(this.pauses).containsExactly(500L);
	}

	@Test
	void anAnswerThatDoesNotComeIsARejectionAndCancelled() throws InterruptedIOException {
		CompletableFuture<Decision> answer = new CompletableFuture<>();
		assertThat(this.admission.settle(new Decision.Pending(answer, 1), this.endless))
			.isEqualTo(new Decision.Rejected(Rejection.of(Reason.DECISION_TIMEOUT)));
		assertThat(answer).isCancelled();
	}

	@Test
	void aRuleSaysWhatALateCallIsTold() throws InterruptedIOException {
		Rejection late = new Rejection(Reason.OVERLOADED, "type/r", 0);
		assertThat(this.admission.settle(new Decision.Pending(new CompletableFuture<>(), 1, late), this.endless))
			.isEqualTo(new Decision.Rejected(late));
	}

	@Test
	void anAnswerIsNotWaitedForBeyondTheDeadline() throws InterruptedIOException {
		CompletableFuture<Decision> answer = new CompletableFuture<>();
		this.time.advance(Duration.ofSeconds(2));
		assertThat(this.admission.settle(new Decision.Pending(answer, MINUTE), this.second))
			.isEqualTo(new Decision.Rejected(Rejection.of(Reason.DECISION_TIMEOUT)));
	}

	@Test
	void anInterruptWhileWaitingForAnAnswerCancelsIt() {
		CompletableFuture<Decision> answer = new CompletableFuture<>();
		Thread.currentThread().interrupt();
		assertThatThrownBy(() -> this.admission.settle(new Decision.Pending(answer, MINUTE), this.endless))
			.isInstanceOf(InterruptedIOException.class);
		assertThat(answer).isCancelled();
		assertThat(Thread.currentThread().isInterrupted()).isTrue();
	}

}
