// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.bulkhead;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import io.governance.policy.Decision;
import io.governance.policy.FakeCall;
import io.governance.policy.Permit;
import io.governance.policy.Policy;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.rule.TestContext;
import io.governance.time.TimeSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The queue of a bulkhead with two permits, both out, and three places.
 */
class BulkheadQueueTests {

	private final BulkheadTestBed bulkhead = new BulkheadTestBed(2, 3);

	private Permit first;

	private Permit second;

	private static CompletableFuture<Decision> answer(Decision.Pending pending) {
		return pending.stage().toCompletableFuture();
	}

	private static boolean isAdmitted(Decision.Pending pending) {
		return answer(pending).getNow(null) instanceof Decision.Admitted;
	}

	private static Permit permit(Decision.Pending pending) {
		return ((Decision.Admitted) answer(pending).join()).permit();
	}

	@BeforeEach
	void fill() {
		this.first = this.bulkhead.admit();
		this.second = this.bulkhead.admit();
	}

	@Test
	void whatFindsNoPermitWaitsForSoLong() {
		Decision.Pending waiting = this.bulkhead.queue();
		assertThat(answer(waiting)).isNotDone();
		assertThat(waiting.boundNanos()).isEqualTo(BulkheadTestBed.WAIT.toNanos());
		assertThat(waiting.late()).isEqualTo(new Rejection(Reason.BULKHEAD_FULL, "bulkhead/b", 0));
		assertThat(this.bulkhead.state()).isEqualTo("inventory=2/2+1/3");
		assertThat(this.bulkhead.context.counted("queued")).isEqualTo(1);
	}

	@Test
	void whatFindsNoPlaceEitherIsRejected() {
		this.bulkhead.queue();
		this.bulkhead.queue();
		this.bulkhead.queue();
		assertThat(this.bulkhead.reject()).isEqualTo(new Rejection(Reason.BULKHEAD_FULL, "bulkhead/b", 0));
		assertThat(this.bulkhead.context.counted("queued")).isEqualTo(3);
	}

	@Test
	void firstComeFirstServed() {
		Decision.Pending oldest = this.bulkhead.queue();
		Decision.Pending next = this.bulkhead.queue();
		this.first.release(BulkheadTestBed.OK);
		assertThat(isAdmitted(oldest)).isTrue();
		assertThat(answer(next)).isNotDone();
		permit(oldest).release(BulkheadTestBed.OK);
		assertThat(isAdmitted(next)).isTrue();
		assertThat(this.bulkhead.state()).isEqualTo("inventory=2/2+0/3");
		permit(next).release(BulkheadTestBed.OK);
		this.second.release(BulkheadTestBed.OK);
		assertThat(this.bulkhead.state()).isEqualTo("inventory=0/2+0/3");
	}

	@Test
	void whatIsGivenUpIsSkippedAndItsPlaceFreeAtOnce() {
		Decision.Pending oldest = this.bulkhead.queue();
		Decision.Pending next = this.bulkhead.queue();
		this.bulkhead.queue();
		oldest.abandoned().run();
		assertThat(this.bulkhead.state()).isEqualTo("inventory=2/2+2/3");
		Decision.Pending last = this.bulkhead.queue();
		this.first.release(BulkheadTestBed.OK);
		assertThat(isAdmitted(next)).isTrue();
		assertThat(List.of(answer(oldest), answer(last))).noneMatch(CompletableFuture::isDone);
		assertThat(this.bulkhead.context.counted("given-up")).isEqualTo(1);
	}

	@Test
	void givingUpTwiceIsGivingUpOnce() {
		Decision.Pending waiting = this.bulkhead.queue();
		waiting.abandoned().run();
		waiting.abandoned().run();
		assertThat(this.bulkhead.context.counted("given-up")).isEqualTo(1);
		assertThat(this.bulkhead.state()).isEqualTo("inventory=2/2+0/3");
	}

	@Test
	void givingUpWhenTheTimeIsUpIsARejection() {
		Decision.Pending waiting = this.bulkhead.queue();
		this.bulkhead.time.advance(BulkheadTestBed.WAIT);
		waiting.abandoned().run();
		assertThat(((Decision.Rejected) answer(waiting).join()).rejection()).isEqualTo(waiting.late());
		assertThat(this.bulkhead.context.counted("given-up")).isZero();
	}

	@Test
	void whatIsAdmittedAlreadyCanGiveUpNoMore() {
		Decision.Pending waiting = this.bulkhead.queue();
		this.first.release(BulkheadTestBed.OK);
		waiting.abandoned().run();
		permit(waiting).release(BulkheadTestBed.OK);
		assertThat(this.bulkhead.state()).isEqualTo("inventory=1/2+0/3");
		assertThat(this.bulkhead.context.counted("given-up")).isZero();
	}

	@Test
	void whatSomebodyElseHasSettledIsSkipped() {
		Decision.Pending oldest = this.bulkhead.queue();
		Decision.Pending next = this.bulkhead.queue();
		answer(oldest).cancel(false);
		this.first.release(BulkheadTestBed.OK);
		assertThat(isAdmitted(next)).isTrue();
		assertThat(this.bulkhead.state()).isEqualTo("inventory=2/2+0/3");
	}

	@Test
	void whatNobodyTookOutInTimeIsRejectedAndNotAdmitted() {
		Decision.Pending oldest = this.bulkhead.queue();
		this.bulkhead.time.advance(BulkheadTestBed.WAIT.dividedBy(2));
		Decision.Pending next = this.bulkhead.queue();
		this.bulkhead.time.advance(BulkheadTestBed.WAIT.dividedBy(2));
		this.first.release(BulkheadTestBed.OK);
		assertThat(answer(oldest)).isCompletedWithValueMatching(Decision.Rejected.class::isInstance);
		assertThat(isAdmitted(next)).isTrue();
	}

	@Test
	void whatNobodyTookOutInTimeMakesRoom() {
		Decision.Pending oldest = this.bulkhead.queue();
		this.bulkhead.time.advance(Duration.ofMillis(1));
		this.bulkhead.queue();
		this.bulkhead.queue();
		this.bulkhead.time.advance(BulkheadTestBed.WAIT.minusMillis(1));
		assertThat(this.bulkhead.ask()).isInstanceOf(Decision.Pending.class);
		assertThat(answer(oldest)).isCompletedWithValueMatching(Decision.Rejected.class::isInstance);
		assertThat(this.bulkhead.ask()).isInstanceOf(Decision.Rejected.class);
	}

	@Test
	void whatWaitsIsAdmittedWhenTheNumberGrows() {
		Decision.Pending oldest = this.bulkhead.queue();
		Decision.Pending next = this.bulkhead.queue();
		this.bulkhead.change(BulkheadTestBed.rule(4, 3));
		this.bulkhead.queue();
		assertThat(isAdmitted(oldest)).isTrue();
		assertThat(isAdmitted(next)).isTrue();
		assertThat(this.bulkhead.state()).isEqualTo("inventory=4/4+1/3");
	}

	@Test
	void whatWaitsStaysWhenTheQueueIsAbolished() {
		Decision.Pending waiting = this.bulkhead.queue();
		this.bulkhead.change(BulkheadTestBed.rule(2, 0));
		assertThat(this.bulkhead.ask()).isInstanceOf(Decision.Rejected.class);
		assertThat(this.bulkhead.state()).isEqualTo("inventory=2/2+1/0");
		this.first.release(BulkheadTestBed.OK);
		assertThat(isAdmitted(waiting)).isTrue();
	}

	@Test
	void whatWaitsIsNotServedWhileThereAreTooManyUnderWay() {
		Decision.Pending waiting = this.bulkhead.queue();
		this.bulkhead.change(BulkheadTestBed.rule(1, 3));
		this.bulkhead.queue();
		this.first.release(BulkheadTestBed.OK);
		assertThat(answer(waiting)).isNotDone();
		this.second.release(BulkheadTestBed.OK);
		assertThat(isAdmitted(waiting)).isTrue();
	}

	@Test
	void aPermitThatComesBackJustBeforeACallBeginsToWaitIsNotMissed() {
		AtomicReference<Permit> only = new AtomicReference<>();
		// read when there was no permit, and the call is not in the queue yet
		TimeSource time = new TimeSource() {

			@Override
			public long nanoTime() {
				Permit held = only.getAndSet(null);
				if (held != null) {
					held.release(BulkheadTestBed.OK);
				}
				return 0;
			}

			@Override
			public long epochMillis() {
				return 0;
			}

		};
		TestContext context = new TestContext("bulkhead/b", time);
		Policy policy = new BulkheadRuleType().newPolicy(BulkheadTestBed.rule(1, 1), context.context());
		only.set(((Decision.Admitted) policy.tryAcquire(FakeCall.to("inventory"))).permit());
		assertThat(policy.tryAcquire(FakeCall.to("inventory"))).isInstanceOf(Decision.Admitted.class);
		assertThat(policy.state()).isEqualTo("inventory=1/1+0/1");
		assertThat(context.counted("queued")).isZero();
	}

	@Test
	void aQueueThatGivesItsPermitsBackAtOnceDoesNotFillTheStack() {
		int waiting = 100_000;
		BulkheadTestBed deep = new BulkheadTestBed(1, waiting);
		Permit only = deep.admit();
		List<Integer> served = new ArrayList<>();
		for (int i = 0; i < waiting; i++) {
			int place = i;
			deep.queue().stage().thenAccept((decision) -> {
				served.add(place);
				((Decision.Admitted) decision).permit().release(BulkheadTestBed.OK);
			});
		}
		only.release(BulkheadTestBed.OK);
		assertThat(served).hasSize(waiting).isSorted();
		assertThat(deep.state()).isEqualTo("inventory=0/1+0/" + waiting);
	}

}
